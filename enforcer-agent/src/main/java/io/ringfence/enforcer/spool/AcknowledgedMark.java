package io.ringfence.enforcer.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The last acknowledged record, so that a restart need not send again what Kafka has. It may be a
/// little old, never too new; an unreadable one only means that records are sent twice.
final class AcknowledgedMark {
    private static final int BYTES = 4 * Long.BYTES;

    private final Path file;

    AcknowledgedMark(Path file) {
        this.file = file;
    }

    Optional<Mark> read() throws IOException {
        byte[] raw;
        try {
            raw = Files.readAllBytes(file);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        if (raw.length != BYTES || ByteBuffer.wrap(raw).getLong(3 * Long.BYTES) != checksum(raw)) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(raw);
        return Optional.of(new Mark(fields.getLong(), fields.getLong(), fields.getLong()));
    }

    void write(Mark mark) throws IOException {
        ByteBuffer fields = ByteBuffer.allocate(BYTES);
        fields.putLong(mark.segment()).putLong(mark.epoch()).putLong(mark.sequence());
        fields.putLong(checksum(fields.array())).flip();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(fields, 0);
        }
    }

    private static long checksum(byte[] fields) {
        CRC32C crc = new CRC32C();
        crc.update(fields, 0, 3 * Long.BYTES);
        return crc.getValue();
    }
}
