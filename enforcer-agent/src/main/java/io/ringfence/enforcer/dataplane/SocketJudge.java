package io.ringfence.enforcer.dataplane;

import io.ringfence.enforcer.netlink.Connection;
import io.ringfence.enforcer.netlink.ConnectionTracking.Tracked;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says whether a policy rejects the connection of an open socket.
///
/// @param localAddresses of this host
record SocketJudge(TcpJudge judge, Bypass bypass, Set<InetAddress> localAddresses) {
    private static final int SSH = 22;

    boolean isPoliced(Connection local) {
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

    /// @param connection what connection tracking knows of it; null: nothing
    boolean isRejected(Connection local, @Nullable Tracked connection) {
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
