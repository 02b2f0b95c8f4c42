package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The TCP sockets of this network namespace that have a peer (linux/inet_diag.h), and how to end
/// them.
public final class TcpSockets implements AutoCloseable {
    private static final int BY_FAMILY = 20;
    private static final int DESTROY = 21;
    private static final int TCP = 6;

    /// Established, FIN_WAIT1, FIN_WAIT2 and CLOSE_WAIT: one of the two ends may still send.
    private static final int OPEN_STATES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 8;

    private static final int ALL_STATES = -1;
    private static final byte[] FAMILIES = {2, 10};
    private static final int SOCKET_ID_BYTES = 48;

    private final NetlinkSocket socket;

    private TcpSockets(NetlinkSocket socket) {
        this.socket = socket;
    }

    public static TcpSockets open() throws IOException {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_SOCK_DIAG);
        socket.receiveTimeout(Duration.ofSeconds(5));
        return new TcpSockets(socket);
    }

    /// @param local this host's end is the source
    /// @param id how the kernel names the socket
    public record OpenSocket(Connection local, int family, byte[] id) {}

    public List<OpenSocket> list() throws IOException {
        List<OpenSocket> found = new ArrayList<>();
        for (byte family : FAMILIES) {
            MessageWriter dump =
                    new MessageWriter(BY_FAMILY, MessageWriter.DUMP)
                            .raw(family, (byte) TCP, (byte) 0, (byte) 0)
                            .rawInt(OPEN_STATES)
                            .raw(new byte[SOCKET_ID_BYTES]);
            socket.request(dump, (type, payload) -> found.add(read(payload)));
        }
        return found;
    }

    /// Ends the socket at once: its owner sees the connection aborted, the peer gets a reset.
    ///
    /// @return false if it was gone already
    public boolean destroy(OpenSocket open) throws IOException {
        MessageWriter request =
                new MessageWriter(DESTROY, MessageWriter.ACKNOWLEDGE)
                        .raw((byte) open.family, (byte) TCP, (byte) 0, (byte) 0)
                        .rawInt(ALL_STATES)
                        .raw(open.id);
        try {
            socket.request(request, (type, payload) -> {});
            return true;
        } catch (NetlinkException refused) {
            if (refused.errno() == NetlinkException.ENOENT) {
                return false;
            }
            throw refused;
        }
    }

    private static OpenSocket read(ByteBuffer message) {
        int start = message.position();
        int family = message.get(start);
        byte[] id = new byte[SOCKET_ID_BYTES];
        message.get(start + 4, id);
        int addressBytes = family == 2 ? 4 : 16;
        byte[] local = new byte[addressBytes];
        byte[] remote = new byte[addressBytes];
        System.arraycopy(id, 4, local, 0, addressBytes);
        System.arraycopy(id, 20, remote, 0, addressBytes);
        Connection connection =
                new Connection(Addresses.of(local), port(id, 0), Addresses.of(remote), port(id, 2));
        return new OpenSocket(connection, family, id);
    }

    private static int port(byte[] id, int at) {
        return Byte.toUnsignedInt(id[at]) << 8 | Byte.toUnsignedInt(id[at + 1]);
    }

    @Override
    public void close() {
        socket.close();
    }
}
