package io.ringfence.enforcer.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One file of the spool. All its records belong to one epoch and are consecutive.
final class Segment {
    private static final String SUFFIX = ".segment";

    private final Path file;
    private final long id;
    private final SegmentHeader header;
    private final List<Entry> entries = new ArrayList<>();
    private long bytes = SegmentHeader.BYTES;

    /// Where a record lies, without its content.
    record Entry(long sequence, long offset, int length, long flows) {}

    private Segment(Path file, long id, SegmentHeader header) {
        this.file = file;
        this.id = id;
        this.header = header;
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    static long idOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /// The file appears whole or not at all.
    static Segment create(Path folder, long id, SegmentHeader header) throws IOException {
        Path file = folder.resolve("%019d%s".formatted(id, SUFFIX));
        Path aside = folder.resolve(".new");
        try (FileChannel channel =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            writeFully(channel, header.encode(), 0);
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return new Segment(file, id, header);
    }

    /// Reads what an earlier process left and cuts a torn tail off. Empty when there is no whole
    /// header.
    ///
    /// @param frames told every frame found
    static Optional<Segment> open(Path file, Consumer<Frame> frames) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
        Optional<SegmentHeader> header = SegmentHeader.decode(content);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        Segment segment = new Segment(file, idOf(file), header.get());
        Optional<Frame> frame = Frame.decode(content);
        while (frame.isPresent() && frame.get().sequence() == segment.nextSequence()) {
            frames.accept(frame.get());
            segment.remember(frame.get());
            frame = Frame.decode(content);
        }
        if (segment.bytes < content.capacity()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(segment.bytes);
                channel.force(true);
            }
        }
        return Optional.of(segment);
    }

    /// Returns when the record is on the disk.
    void append(Frame frame) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writeFully(channel, frame.encode(), bytes);
            channel.force(false);
        }
        remember(frame);
    }

    byte[] read(Entry entry) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(entry.length());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (content.hasRemaining()) {
                if (channel.read(content, entry.offset() + content.position()) < 0) {
                    break;
                }
            }
        }
        return Frame.decode(content.flip())
                .orElseThrow(() -> new IOException("record damaged on the disk in " + file))
                .content();
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private void remember(Frame frame) {
        entries.add(new Entry(frame.sequence(), bytes, frame.bytes(), frame.flows()));
        bytes += frame.bytes();
    }

    private static void writeFully(FileChannel channel, ByteBuffer from, long offset)
            throws IOException {
        long at = offset;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }

    long id() {
        return id;
    }

    SegmentHeader header() {
        return header;
    }

    long bytes() {
        return bytes;
    }

    long nextSequence() {
        return header.firstSequence() + entries.size();
    }

    long lastSequence() {
        return nextSequence() - 1;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /// The record with this number, or the segment's first one if that is later.
    Optional<Entry> from(long sequence) {
        long index = Math.max(0, sequence - header.firstSequence());
        return index < entries.size() ? Optional.of(entries.get((int) index)) : Optional.empty();
    }

    /// Flows of the records behind `acknowledged`.
    long flowsAfter(long acknowledged) {
        return entries.stream()
                .filter(entry -> entry.sequence() > acknowledged)
                .mapToLong(Entry::flows)
                .sum();
    }

    long recordsAfter(long acknowledged) {
        return lastSequence() - Math.max(acknowledged, header.firstSequence() - 1);
    }
}
