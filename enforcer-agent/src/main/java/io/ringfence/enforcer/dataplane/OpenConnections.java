package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.netlink.Connection;
import io.ringfence.enforcer.netlink.ConnectionTracking;
import io.ringfence.enforcer.netlink.ConnectionTracking.Tracked;
import io.ringfence.enforcer.netlink.LocalAddresses;
import io.ringfence.enforcer.netlink.TcpSockets;
import io.ringfence.enforcer.netlink.TcpSockets.OpenSocket;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Ends the TCP connections that a new policy rejects. The kernel's rules refuse their next packet
/// anyway; but an end that only waits sends none, and would wait for ever.
///
/// Stays open between policies: a netlink socket of netfilter's that is closed soon after a
/// transaction waits there until no packet needs what was removed, some 10 ms. For one thread at a
/// time, and the network namespace of the first.
final class OpenConnections implements AutoCloseable {
    /// One costs some 20 µs, and walking through all that is tracked a few milliseconds.
    private static final int LOOKED_UP = 500;

    private final int lookedUp;
    private @Nullable ConnectionTracking tracking;

    OpenConnections() {
        this(LOOKED_UP);
    }

    /// @param lookedUp so many at most are looked up one by one
    OpenConnections(int lookedUp) {
        this.lookedUp = lookedUp;
    }

    /// Nothing judged by an earlier policy of the same number may pass for judged by the coming
    /// one.
    ///
    /// @param count of numbers from `generation` on
    void forget(int generation, int count) throws IOException {
        Set<Integer> stale = new HashSet<>();
        for (int each = generation; stale.size() < count; each = Generations.after(each)) {
            stale.add(Mark.ofGeneration(each));
        }
        tracking().clearMarks(Mark.GENERATION_MASK, stale::contains);
    }

    /// @return how many sockets were ended
    int cutRejected(PolicySnapshot policy, Bypass bypass) throws IOException {
        if (policy.getProcessingUnitsCount() == 0) {
            return 0;
        }
        SocketJudge judge =
                new SocketJudge(
                        new TcpJudge(policy.getProcessingUnits(0)), bypass, LocalAddresses.read());
        try (TcpSockets sockets = TcpSockets.open()) {
            List<OpenSocket> policed =
                    sockets.list().stream()
                            .filter(socket -> judge.isPoliced(socket.local()))
                            .toList();
            Map<Connection, Tracked> tracked = tracked(policed);
            int cut = 0;
            for (OpenSocket socket : policed) {
                if (judge.isRejected(socket.local(), tracked.get(socket.local()))) {
                    cut += sockets.destroy(socket) ? 1 : 0;
                }
            }
            return cut;
        }
    }

    /// By what the socket sends.
    private Map<Connection, Tracked> tracked(List<OpenSocket> sockets) throws IOException {
        Map<Connection, Tracked> tracked = new HashMap<>();
        if (sockets.size() <= lookedUp) {
            for (OpenSocket socket : sockets) {
                tracking()
                        .find(socket.local())
                        .ifPresent(connection -> tracked.put(socket.local(), connection));
            }
            return tracked;
        }
        Set<Connection> open = sockets.stream().map(OpenSocket::local).collect(Collectors.toSet());
        tracking()
                .visitTcp(connection -> {
                    for (Connection end : List.of(connection.original(), asAccepted(connection))) {
                        if (open.contains(end)) {
                            tracked.put(end, connection);
                        }
                    }
                });
        return tracked;
    }

    /// The connection as the socket sees it that accepted it.
    private static Connection asAccepted(Tracked connection) {
        return new Connection(
                connection.translated().destination(),
                connection.translated().destinationPort(),
                connection.original().source(),
                connection.original().sourcePort());
    }

    private ConnectionTracking tracking() throws IOException {
        ConnectionTracking open = tracking;
        if (open == null) {
            open = ConnectionTracking.open();
            tracking = open;
        }
        return open;
    }

    @Override
    public void close() {
        ConnectionTracking open = tracking;
        tracking = null;
        if (open != null) {
            open.close();
        }
    }
}
