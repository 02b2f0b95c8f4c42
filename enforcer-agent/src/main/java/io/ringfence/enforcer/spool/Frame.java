package io.ringfence.enforcer.spool;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One record in a segment file: length, checksum over all that follows, and
///
/// @param flows what the record stands for
/// @param dropped the segments whose flows this record reports as dropped
record Frame(long sequence, long windowEndMillis, long flows, Segments dropped, byte[] content) {
    private static final int PREFIX_BYTES = Integer.BYTES + Integer.BYTES;
    private static final int FIELDS_BYTES = 5 * Long.BYTES;

    /// Ids of consecutive segments, both inclusive.
    record Segments(long first, long last) {
        static final Segments NONE = new Segments(0, -1);

        boolean contains(long segment) {
            return first <= segment && segment <= last;
        }
    }

    int bytes() {
        return PREFIX_BYTES + FIELDS_BYTES + content.length;
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(bytes());
        bytes.putInt(FIELDS_BYTES + content.length).putInt(0);
        bytes.putLong(sequence).putLong(windowEndMillis).putLong(flows);
        bytes.putLong(dropped.first()).putLong(dropped.last()).put(content);
        bytes.putInt(Integer.BYTES, checksum(bytes.array(), PREFIX_BYTES, bytes.position()));
        return bytes.flip();
    }

    /// The frame at the buffer's position, which moves behind it. Empty when there is no whole one:
    /// the end, or a torn tail.
    static Optional<Frame> decode(ByteBuffer bytes) {
        if (bytes.remaining() < PREFIX_BYTES + FIELDS_BYTES) {
            return Optional.empty();
        }
        int start = bytes.position();
        int length = bytes.getInt(start);
        int checksum = bytes.getInt(start + Integer.BYTES);
        if (length < FIELDS_BYTES || length > bytes.remaining() - PREFIX_BYTES) {
            return Optional.empty();
        }
        byte[] body = new byte[length];
        bytes.get(start + PREFIX_BYTES, body);
        if (checksum(body, 0, length) != checksum) {
            return Optional.empty();
        }
        bytes.position(start + PREFIX_BYTES + length);
        ByteBuffer fields = ByteBuffer.wrap(body);
        long sequence = fields.getLong();
        long windowEndMillis = fields.getLong();
        long flows = fields.getLong();
        Segments dropped = new Segments(fields.getLong(), fields.getLong());
        byte[] content = new byte[fields.remaining()];
        fields.get(content);
        return Optional.of(new Frame(sequence, windowEndMillis, flows, dropped, content));
    }

    private static int checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
