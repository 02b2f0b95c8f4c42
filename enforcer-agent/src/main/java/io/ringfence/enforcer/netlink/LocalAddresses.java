package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// The addresses of this network namespace's interfaces. (The JDK's own list reads `/proc/net`,
/// which belongs to the process, not to the thread.)
public final class LocalAddresses {
    private static final int GET_ADDRESS = 22;
    private static final int ADDRESS_HEADER = 8;
    private static final int ADDRESS = 1;
    private static final int LOCAL = 2;

    private LocalAddresses() {}

    public static Set<InetAddress> read() throws IOException {
        Set<InetAddress> addresses = new HashSet<>();
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE)) {
            socket.receiveTimeout(Duration.ofSeconds(5));
            socket.request(
                    new MessageWriter(GET_ADDRESS, MessageWriter.DUMP)
                            .raw(new byte[ADDRESS_HEADER]),
                    (type, payload) -> {
                        payload.position(payload.position() + ADDRESS_HEADER);
                        Messages.attributes(
                                payload,
                                (attribute, value) -> {
                                    if (attribute == ADDRESS || attribute == LOCAL) {
                                        addresses.add(Addresses.of(Messages.bytes(value)));
                                    }
                                });
                    });
        }
        return addresses;
    }
}
