package io.ringfence.gateway.events;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far a client has come: for each partition that concerns it, the offset that comes next.
/// Clients hand it back and look at nothing in it.
record Position(SortedMap<Integer, Long> next) {
    private static final byte VERSION = 1;
    private static final int BYTES_PER_PARTITION = Short.BYTES + Long.BYTES;
    private static final int MAX_CHARACTERS = 4096;

    Position {
        next = new TreeMap<>(next);
    }

    static Position of(Map<Integer, Long> next) {
        return new Position(new TreeMap<>(next));
    }

    /// Empty for what [#text] never wrote.
    static Optional<Position> parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() % BYTES_PER_PARTITION != 1 || bytes.get() != VERSION) {
                return Optional.empty();
            }
            SortedMap<Integer, Long> next = new TreeMap<>();
            while (bytes.hasRemaining()) {
                next.put((int) bytes.getShort(), bytes.getLong());
            }
            boolean sane = next.values().stream().allMatch(offset -> offset >= 0);
            return sane ? Optional.of(new Position(next)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /// URL-safe.
    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + next.size() * BYTES_PER_PARTITION);
        bytes.put(VERSION);
        next.forEach((partition, offset) -> bytes.putShort(partition.shortValue()).putLong(offset));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
