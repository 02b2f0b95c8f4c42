package io.ringfence.enforcer.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One direction of a TCP connection that carries DNS: each message behind its length (RFC 1035,
/// 4.2.2). What comes again is skipped.
final class MessageStream {
    private static final int LENGTH_BYTES = 2;

    private int expected;
    private byte[] incomplete = new byte[0];

    /// @param sequence of the SYN
    MessageStream(int sequence) {
        expected = sequence + 1;
    }

    /// The messages that this segment completes; empty if something before it was missed, after
    /// which the stream cannot be understood any more.
    Optional<List<byte[]>> add(Segment segment) {
        int repeated = expected - segment.sequence();
        byte[] content = segment.content();
        if (content.length == 0 || repeated >= content.length) {
            return Optional.of(List.of());
        }
        if (repeated < 0) {
            return Optional.empty();
        }
        expected += content.length - repeated;
        byte[] all = Arrays.copyOf(incomplete, incomplete.length + content.length - repeated);
        System.arraycopy(content, repeated, all, incomplete.length, content.length - repeated);
        return Optional.of(messages(all));
    }

    private List<byte[]> messages(byte[] all) {
        List<byte[]> messages = new ArrayList<>();
        int at = 0;
        while (at + LENGTH_BYTES <= all.length) {
            int length = Byte.toUnsignedInt(all[at]) << 8 | Byte.toUnsignedInt(all[at + 1]);
            int end = at + LENGTH_BYTES + length;
            if (end > all.length) {
                break;
            }
            messages.add(Arrays.copyOfRange(all, at + LENGTH_BYTES, end));
            at = end;
        }
        incomplete = Arrays.copyOfRange(all, at, all.length);
        return messages;
    }
}
