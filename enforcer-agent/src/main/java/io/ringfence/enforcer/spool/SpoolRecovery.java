package io.ringfence.enforcer.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What an earlier process left.
///
/// @param intact the last segment is whole as far as it was ever sent, so numbering may go on in it
/// @param previous what a new epoch would name as the one before
record SpoolRecovery(
        NavigableMap<Long, Segment> segments,
        Mark acknowledged,
        boolean intact,
        Optional<Position.Previous> previous,
        long lastWindowEndMillis,
        long nextId) {

    static SpoolRecovery of(Path folder) throws IOException {
        Optional<Mark> mark = new AcknowledgedMark(folder.resolve("acknowledged")).read();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Segment::isSegment).sorted().toList();
        }
        NavigableMap<Long, Segment> segments = new TreeMap<>();
        List<Frame.Segments> dropped = new ArrayList<>();
        long[] lastWindowEndMillis = {0};
        boolean isLastWhole = true;
        for (Path file : files) {
            Optional<Segment> segment =
                    Segment.open(
                            file,
                            frame -> {
                                dropped.add(frame.dropped());
                                lastWindowEndMillis[0] =
                                        Math.max(lastWindowEndMillis[0], frame.windowEndMillis());
                            });
            isLastWhole = segment.isPresent();
            if (segment.isPresent()) {
                segments.put(segment.get().id(), segment.get());
            } else {
                Files.delete(file);
            }
        }
        for (Segment segment : segments.values()) {
            lastWindowEndMillis[0] =
                    Math.max(lastWindowEndMillis[0], segment.header().lastWindowEndMillis());
        }
        Optional<Segment> last = Optional.ofNullable(segments.lastEntry()).map(Map.Entry::getValue);
        boolean isIntact = isLastWhole && last.map(s -> covers(s, mark)).orElse(mark.isEmpty());
        deleteDropped(segments, dropped);
        return new SpoolRecovery(
                segments,
                mark.orElse(new Mark(0, 0, 0)),
                isIntact,
                previous(last, mark),
                lastWindowEndMillis[0],
                nextId(files, mark));
    }

    /// A record that was acknowledged but is not there: the file lost its tail after it was sent.
    private static boolean covers(Segment last, Optional<Mark> mark) {
        return mark.isEmpty()
                || mark.get().segment() < last.id()
                || (mark.get().segment() == last.id()
                        && mark.get().sequence() <= last.lastSequence());
    }

    private static Optional<Position.Previous> previous(
            Optional<Segment> last, Optional<Mark> mark) {
        Optional<Long> epoch = last.map(s -> s.header().epoch()).or(() -> mark.map(Mark::epoch));
        return epoch.map(e -> new Position.Previous(e, 0));
    }

    private static long nextId(List<Path> files, Optional<Mark> mark) {
        long lastFile = files.isEmpty() ? 0 : Segment.idOf(files.getLast());
        return Math.max(lastFile, mark.map(Mark::segment).orElse(0L)) + 1;
    }

    private static void deleteDropped(
            NavigableMap<Long, Segment> segments, List<Frame.Segments> dropped) throws IOException {
        for (Segment segment : List.copyOf(segments.values())) {
            if (dropped.stream().anyMatch(range -> range.contains(segment.id()))) {
                segments.remove(segment.id());
                segment.delete();
            }
        }
    }
}
