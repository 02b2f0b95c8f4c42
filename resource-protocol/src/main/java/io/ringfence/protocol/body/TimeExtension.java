package io.ringfence.protocol.body;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.msgpack.jackson.dataformat.MessagePackExtensionType;

/// Times in MessagePack: the timestamp extension (type -1), which is the only form that Go clients
/// read into a time. 4, 8 or 12 bytes, as the MessagePack specification has it.
final class TimeExtension {
    private static final byte TYPE = -1;
    private static final int NANOS_SHIFT = 34;
    private static final long SECONDS_MASK = (1L << NANOS_SHIFT) - 1;

    private TimeExtension() {}

    static MessagePackExtensionType of(Instant time) {
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        ByteBuffer bytes;
        if (seconds >>> NANOS_SHIFT != 0) {
            bytes = ByteBuffer.allocate(12).putInt(nanos).putLong(seconds);
        } else if (nanos == 0 && seconds >>> 32 == 0) {
            bytes = ByteBuffer.allocate(4).putInt((int) seconds);
        } else {
            bytes = ByteBuffer.allocate(8).putLong((long) nanos << NANOS_SHIFT | seconds);
        }
        return new MessagePackExtensionType(TYPE, bytes.array());
    }

    /// Nothing if it is another extension, or no time.
    static Optional<Instant> read(MessagePackExtensionType extension) {
        ByteBuffer bytes = ByteBuffer.wrap(extension.getData());
        if (extension.getType() != TYPE) {
            return Optional.empty();
        }
        try {
            return switch (bytes.remaining()) {
                case 4 ->
                        Optional.of(Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt())));
                case 8 -> {
                    long both = bytes.getLong();
                    yield Optional.of(
                            Instant.ofEpochSecond(both & SECONDS_MASK, both >>> NANOS_SHIFT));
                }
                case 12 -> {
                    int nanos = bytes.getInt();
                    yield Optional.of(Instant.ofEpochSecond(bytes.getLong(), nanos));
                }
                default -> Optional.empty();
            };
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
