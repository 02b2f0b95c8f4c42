package io.ringfence.enforcer.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Records in the order of their numbers, on disk until acknowledged. One process per folder; safe
/// for one thread that appends and one that sends.
///
/// A record is on the disk before anyone can send it, so a number that was ever sent is never given
/// again. When space runs out, the oldest records that are not being sent are dropped, whole
/// segments at a time; a record holds accepted and rejected flows of one window together, so there
/// is no dropping one kind before the other. A record that arrived but whose acknowledgement was
/// lost may so be reported as dropped: never too little is reported.
public final class Spool {
    private final Path folder;
    private final SpoolLimits limits;
    private final RandomGenerator random;
    private final AcknowledgedMark acknowledgedMark;
    private final NavigableMap<Long, Segment> segments = new TreeMap<>();

    private Segment active;
    private long lastWindowEndMillis;
    private Mark acknowledged;
    private Mark lent;
    private long droppedRecords;

    private Spool(Path folder, SpoolLimits limits, RandomGenerator random, SpoolRecovery found)
            throws IOException {
        this.folder = folder;
        this.limits = limits;
        this.random = random;
        this.acknowledgedMark = new AcknowledgedMark(folder.resolve("acknowledged"));
        this.segments.putAll(found.segments());
        this.acknowledged = found.acknowledged();
        this.lent = acknowledged;
        this.lastWindowEndMillis = found.lastWindowEndMillis();
        this.active =
                found.intact() && !segments.isEmpty()
                        ? segments.lastEntry().getValue()
                        : begin(found.nextId(), random.nextLong(), 1, found.previous());
        deleteAcknowledged();
    }

    /// Continues the numbering that an earlier process left, or begins a new epoch when there is
    /// none or it cannot be trusted any more.
    public static Spool open(Path folder, SpoolLimits limits, RandomGenerator random)
            throws IOException {
        Files.createDirectories(folder);
        return new Spool(folder, limits, random, SpoolRecovery.of(folder));
    }

    /// Gives the record its number and keeps it. Returns when it is on the disk.
    public synchronized void append(Draft draft) throws IOException {
        if (active.bytes() >= limits.segmentBytes()) {
            SegmentHeader header = active.header();
            active =
                    begin(
                            active.id() + 1,
                            header.epoch(),
                            active.nextSequence(),
                            header.previous());
        }
        List<Segment> victims = victims();
        long droppedFlows = 0;
        for (Segment victim : victims) {
            droppedFlows += victim.flowsAfter(acknowledgedIn(victim));
        }
        long sequence = active.nextSequence();
        Position position =
                new Position(
                        active.header().epoch(),
                        sequence,
                        sequence == 1 ? active.header().previous() : Optional.empty(),
                        droppedFlows);
        Frame.Segments dropped =
                victims.isEmpty()
                        ? Frame.Segments.NONE
                        : new Frame.Segments(victims.getFirst().id(), victims.getLast().id());
        active.append(
                new Frame(
                        sequence,
                        draft.windowEndMillis(),
                        draft.flows(),
                        dropped,
                        draft.writer().write(position)));
        lastWindowEndMillis = Math.max(lastWindowEndMillis, draft.windowEndMillis());
        for (Segment victim : victims) {
            droppedRecords += victim.recordsAfter(acknowledgedIn(victim));
            segments.remove(victim.id());
            victim.delete();
        }
        notifyAll();
    }

    /// The next record gets number 1 of a new epoch and names the one before.
    public synchronized void startEpoch() throws IOException {
        if (active.lastSequence() == 0) {
            return;
        }
        Position.Previous previous =
                new Position.Previous(active.header().epoch(), active.lastSequence());
        active = begin(active.id() + 1, random.nextLong(), 1, Optional.of(previous));
    }

    /// Up to `most` records that are next to be sent, oldest first; waits up to `patience` for the
    /// first one. They are not handed out again until [#takeBack].
    public synchronized List<SpooledRecord> lend(int most, Duration patience)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<SpooledRecord> records = lendNow(most);
        while (records.isEmpty()) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return records;
            }
            wait(leftMillis);
            records = lendNow(most);
        }
        return records;
    }

    /// Kafka has this record and all that were lent before it.
    public synchronized void acknowledge(SpooledRecord record) throws IOException {
        acknowledged = record.mark();
        acknowledgedMark.write(acknowledged);
        deleteAcknowledged();
    }

    /// What was lent and not acknowledged will be lent again.
    public synchronized void takeBack() {
        lent = acknowledged;
    }

    /// The end of the latest window that was ever spooled; 0 when there was none.
    public synchronized long lastWindowEndMillis() {
        return lastWindowEndMillis;
    }

    public synchronized SpoolFill fill() {
        long records = 0;
        long bytes = 0;
        for (Segment segment : segments.values()) {
            bytes += segment.bytes();
            records += segment.recordsAfter(acknowledgedIn(segment));
        }
        return new SpoolFill(records, bytes, droppedRecords);
    }

    private List<SpooledRecord> lendNow(int most) throws IOException {
        List<SpooledRecord> records = new ArrayList<>();
        Optional<Segment> segment = segmentFrom(lent.segment());
        while (segment.isPresent() && records.size() < most) {
            Segment current = segment.get();
            long after = current.id() == lent.segment() ? lent.sequence() : 0;
            Optional<Segment.Entry> entry = current.from(after + 1);
            if (entry.isPresent()) {
                lent = new Mark(current.id(), current.header().epoch(), entry.get().sequence());
                records.add(new SpooledRecord(lent, current.read(entry.get())));
            } else {
                segment = segmentFrom(current.id() + 1);
            }
        }
        return records;
    }

    private Optional<Segment> segmentFrom(long id) {
        return Optional.ofNullable(segments.ceilingEntry(id)).map(Map.Entry::getValue);
    }

    /// The oldest segments that nobody is sending from, as many as must go.
    private List<Segment> victims() {
        long excess =
                segments.values().stream().mapToLong(Segment::bytes).sum()
                        + limits.segmentBytes()
                        - limits.bytes();
        List<Segment> victims = new ArrayList<>();
        boolean isSending = !lent.equals(acknowledged);
        Iterator<Segment> oldest = segments.values().iterator();
        while (excess > 0 && oldest.hasNext()) {
            Segment segment = oldest.next();
            boolean isNeeded = segment == active || (isSending && segment.id() <= lent.segment());
            if (!isNeeded) {
                victims.add(segment);
                excess -= segment.bytes();
            }
        }
        return victims;
    }

    private long acknowledgedIn(Segment segment) {
        return segment.id() == acknowledged.segment() ? acknowledged.sequence() : 0;
    }

    private void deleteAcknowledged() throws IOException {
        Iterator<Segment> oldest =
                segments.headMap(acknowledged.segment(), true).values().iterator();
        while (oldest.hasNext()) {
            Segment segment = oldest.next();
            boolean isDone =
                    segment.id() < acknowledged.segment()
                            || segment.lastSequence() <= acknowledged.sequence();
            if (isDone && segment != active) {
                oldest.remove();
                segment.delete();
            }
        }
    }

    private Segment begin(
            long id, long epoch, long firstSequence, Optional<Position.Previous> previous)
            throws IOException {
        Segment segment =
                Segment.create(
                        folder,
                        id,
                        new SegmentHeader(epoch, firstSequence, previous, lastWindowEndMillis));
        segments.put(id, segment);
        return segment;
    }
}
