package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.netlink.Connection;
import io.ringfence.enforcer.netlink.ConnectionTracking;
import io.ringfence.enforcer.netlink.ConnectionTracking.Tracked;
import io.ringfence.enforcer.netlink.LocalAddresses;
import io.ringfence.enforcer.netlink.TcpSockets;
import io.ringfence.enforcer.netlink.TcpSockets.OpenSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Ends the TCP connections that a new policy rejects. The kernel's rules refuse their next packet
/// anyway; but an end that only waits sends none, and would wait for ever.
final class OpenConnections {
    private static final int SSH = 22;

    private final TcpJudge judge;
    private final Bypass bypass;
    private final Set<InetAddress> localAddresses;

    private OpenConnections(TcpJudge judge, Bypass bypass, Set<InetAddress> localAddresses) {
        this.judge = judge;
        this.bypass = bypass;
        this.localAddresses = localAddresses;
    }

    /// Nothing judged by an earlier policy of the same number may pass for judged by the coming
    /// one.
    static void forget(int generation) throws IOException {
        try (ConnectionTracking tracking = ConnectionTracking.open()) {
            tracking.clearMarks(Mark.GENERATION_MASK, Mark.ofGeneration(generation));
        }
    }

    /// @return how many sockets were ended
    static int cutRejected(PolicySnapshot policy, Bypass bypass, int generation)
            throws IOException {
        try (ConnectionTracking tracking = ConnectionTracking.open();
                TcpSockets sockets = TcpSockets.open()) {
            Map<Connection, OpenSocket> open = new HashMap<>();
            sockets.list().forEach(socket -> open.put(socket.local(), socket));
            Map<Connection, Tracked> tracked = new HashMap<>();
            tracking.visitTcp(
                    Mark.GENERATION_MASK,
                    Mark.ofGeneration(Generations.after(generation)),
                    connection -> {
                        if (open.containsKey(connection.original())
                                || open.containsKey(asAccepted(connection))) {
                            tracked.put(connection.original(), connection);
                            tracked.put(asAccepted(connection), connection);
                        }
                    });
            if (policy.getProcessingUnitsCount() == 0) {
                return 0;
            }
            OpenConnections connections =
                    new OpenConnections(
                            new TcpJudge(policy.getProcessingUnits(0)),
                            bypass,
                            LocalAddresses.read());
            int cut = 0;
            for (OpenSocket socket : connections.rejected(open, tracked)) {
                cut += sockets.destroy(socket) ? 1 : 0;
            }
            return cut;
        }
    }

    /// The connection as the socket sees it that accepted it.
    private static Connection asAccepted(Tracked connection) {
        return new Connection(
                connection.translated().destination(),
                connection.translated().destinationPort(),
                connection.original().source(),
                connection.original().sourcePort());
    }

    private List<OpenSocket> rejected(
            Map<Connection, OpenSocket> open, Map<Connection, Tracked> tracked) {
        List<OpenSocket> rejected = new ArrayList<>();
        open.forEach((local, socket) -> {
            if (isPoliced(local) && isRejected(local, tracked)) {
                rejected.add(socket);
            }
        });
        return rejected;
    }

    private boolean isPoliced(Connection local) {
        InetAddress peer = local.destination();
        boolean ownAddress = peer.isLoopbackAddress() || localAddresses.contains(peer);
        boolean control =
                bypass.controlChannel()
                        .contains(new ControlEndpoint(peer, local.destinationPort()));
        boolean failSafe =
                local.sourcePort() == SSH
                        && bypass.failSafeSsh().stream()
                                .anyMatch(network -> network.contains(peer));
        return !ownAddress && !control && !failSafe;
    }

    private boolean isRejected(Connection local, Map<Connection, Tracked> tracked) {
        Tracked connection = tracked.get(local);
        if (connection == null || Mark.isMidstream(connection.mark())) {
            return TcpJudge.rejectsMidstream(
                    judge.judge(Direction.INCOMING, local.destination(), local.sourcePort()),
                    judge.judge(Direction.OUTGOING, local.destination(), local.destinationPort()));
        }
        Connection translated = connection.translated();
        if (connection.original().equals(local)) {
            return judge.judge(
                            Direction.OUTGOING,
                            translated.destination(),
                            translated.destinationPort())
                    .rejects();
        }
        return judge.judge(Direction.INCOMING, local.destination(), translated.destinationPort())
                .rejects();
    }
}
