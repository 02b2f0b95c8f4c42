package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A rule that holds packets in a [PacketQueue], and lets them pass when nobody reads it, written
/// with the target that iptables uses (linux/netfilter/nf_tables_compat.h, xt_NFQUEUE.h). For
/// kernels whose nftables has no queue statement; the `nft` command cannot write it.
public final class QueueRule {
    private static final int SUBSYSTEM = 10;
    private static final int NEW_RULE = 6;
    private static final int CREATE_AT_END = 0x400 | 0x800;
    private static final int INET = 1;
    private static final int TABLE = 1;
    private static final int CHAIN = 2;
    private static final int EXPRESSIONS = 4;
    private static final int ELEMENT = 1;
    private static final int EXPRESSION_NAME = 1;
    private static final int EXPRESSION_DATA = 2;
    private static final int TARGET_NAME = 1;
    private static final int TARGET_REVISION = 2;
    private static final int TARGET_DATA = 3;
    private static final int REVISION_WITH_FLAGS = 3;
    private static final short PASS_WHEN_UNREAD = 1;

    private QueueRule() {}

    /// Adds it at the end of a chain of a table of family `inet`, in the calling thread's network
    /// namespace.
    public static void add(String table, String chain, int queue) throws IOException {
        byte[] data =
                ByteBuffer.allocate(8)
                        .order(ByteOrder.nativeOrder())
                        .putShort((short) queue)
                        .putShort((short) 1)
                        .putShort(PASS_WHEN_UNREAD)
                        .array();
        byte[] target =
                MessageWriter.attributes(message ->
                        message.attribute(TARGET_NAME, text("NFQUEUE"))
                                .bigEndianInt(TARGET_REVISION, REVISION_WITH_FLAGS)
                                .attribute(TARGET_DATA, data));
        byte[] expression =
                MessageWriter.attributes(message ->
                        message.attribute(EXPRESSION_NAME, text("target"))
                                .nested(EXPRESSION_DATA, target));
        MessageWriter rule =
                MessageWriter.netfilter(
                                SUBSYSTEM,
                                NEW_RULE,
                                MessageWriter.ACKNOWLEDGE | CREATE_AT_END,
                                INET,
                                0)
                        .attribute(TABLE, text(table))
                        .attribute(CHAIN, text(chain))
                        .nested(
                                EXPRESSIONS,
                                MessageWriter.attributes(
                                        message -> message.nested(ELEMENT, expression)));
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER)) {
            socket.receiveTimeout(Duration.ofSeconds(5));
            socket.transact(SUBSYSTEM, List.of(rule));
        }
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }
}
