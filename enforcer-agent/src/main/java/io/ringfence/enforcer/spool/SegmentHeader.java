package io.ringfence.enforcer.spool;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What a segment file begins with; enough to go on numbering when it holds no record yet.
///
/// @param firstSequence of the segment's first record
/// @param previous the epoch before the segment's
/// @param lastWindowEndMillis of the last record before this segment
record SegmentHeader(
        long epoch,
        long firstSequence,
        Optional<Position.Previous> previous,
        long lastWindowEndMillis) {
    static final int BYTES = 64;
    private static final long MAGIC = 0x5246_5350_4f4f_4c31L; // RFSPOOL1

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putLong(epoch).putLong(firstSequence);
        bytes.putLong(previous.isPresent() ? 1 : 0);
        bytes.putLong(previous.map(Position.Previous::epoch).orElse(0L));
        bytes.putLong(previous.map(Position.Previous::lastSequence).orElse(0L));
        bytes.putLong(lastWindowEndMillis);
        bytes.putLong(checksum(bytes.array()));
        return bytes.flip();
    }

    /// Empty when the bytes are not a whole header.
    static Optional<SegmentHeader> decode(ByteBuffer bytes) {
        if (bytes.remaining() < BYTES) {
            return Optional.empty();
        }
        byte[] raw = new byte[BYTES];
        bytes.get(raw);
        ByteBuffer fields = ByteBuffer.wrap(raw);
        boolean isWhole =
                fields.getLong(BYTES - Long.BYTES) == checksum(raw) && fields.getLong() == MAGIC;
        if (!isWhole) {
            return Optional.empty();
        }
        long epoch = fields.getLong();
        long firstSequence = fields.getLong();
        boolean hasPrevious = fields.getLong() != 0;
        Position.Previous previous = new Position.Previous(fields.getLong(), fields.getLong());
        return Optional.of(
                new SegmentHeader(
                        epoch,
                        firstSequence,
                        hasPrevious ? Optional.of(previous) : Optional.empty(),
                        fields.getLong()));
    }

    private static long checksum(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, BYTES - Long.BYTES);
        return crc.getValue();
    }
}
