package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The named counters of an nftables table of family `inet` (linux/netfilter/nf_tables.h). The
/// `nft` command reads the whole table to answer this; the kernel needs microseconds.
public final class NamedCounters {
    private static final int SUBSYSTEM = 10;
    private static final int GET_OBJECT = 19;
    private static final int INET = 1;
    private static final int NETFILTER_HEADER = 4;
    private static final int TABLE = 1;
    private static final int NAME = 2;
    private static final int TYPE = 3;
    private static final int CONTENT = 4;
    private static final int COUNTER = 1;
    private static final int PACKETS = 2;

    private NamedCounters() {}

    /// Packets by the counter's name, in the calling thread's network namespace; empty when there
    /// is no such table.
    public static Map<String, Long> packets(String table) throws IOException {
        Map<String, Long> counters = new HashMap<>();
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER)) {
            socket.receiveTimeout(Duration.ofSeconds(5));
            byte[] name = (table + "\0").getBytes(StandardCharsets.US_ASCII);
            MessageWriter request =
                    MessageWriter.netfilter(SUBSYSTEM, GET_OBJECT, MessageWriter.DUMP, INET, 0)
                            .attribute(TABLE, name)
                            .bigEndianInt(TYPE, COUNTER);
            socket.request(
                    request,
                    (type, payload) ->
                            read(
                                    payload.position(payload.position() + NETFILTER_HEADER),
                                    counters));
        }
        return counters;
    }

    private static void read(ByteBuffer attributes, Map<String, Long> counters) {
        var reading =
                new Object() {
                    String name = "";
                    long packets;
                };
        Messages.attributes(
                attributes,
                (type, value) -> {
                    if (type == NAME) {
                        byte[] bytes = Messages.bytes(value);
                        reading.name =
                                new String(bytes, 0, bytes.length - 1, StandardCharsets.US_ASCII);
                    } else if (type == CONTENT) {
                        Messages.attributes(
                                value,
                                (inner, number) -> {
                                    if (inner == PACKETS) {
                                        reading.packets =
                                                Long.reverseBytes(
                                                        number.getLong(number.position()));
                                    }
                                });
                    }
                });
        counters.put(reading.name, reading.packets);
    }
}
