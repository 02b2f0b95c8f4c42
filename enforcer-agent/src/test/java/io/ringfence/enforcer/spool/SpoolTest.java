package io.ringfence.enforcer.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final SpoolLimits ROOMY = new SpoolLimits(1 << 20, 1 << 12);
    private static final int HEADER_AND_FRAME_BYTES = SegmentHeader.BYTES + 48;

    @TempDir private Path folder;

    @Test
    void numbersRecordsFromOneWithoutPredecessor() throws Exception {
        Spool spool = open(ROOMY);
        List<Position> positions = append(spool, 3);
        assertThat(positions).extracting(Position::sequence).containsExactly(1L, 2L, 3L);
        assertThat(positions).extracting(Position::previous).containsOnly(Optional.empty());
        assertThat(positions)
                .extracting(Position::epoch)
                .containsOnly(positions.getFirst().epoch());
    }

    @Test
    void continuesNumberingAfterEverythingWasAcknowledged() throws Exception {
        Spool first = open(ROOMY);
        long epoch = append(first, 5).getFirst().epoch();
        List<SpooledRecord> records = lend(first, 10);
        first.acknowledge(records.getLast());

        Spool second = open(ROOMY);
        assertThat(lend(second, 10)).isEmpty();
        Position next = append(second, 1).getFirst();
        assertThat(next).isEqualTo(new Position(epoch, 6, Optional.empty(), 0));
    }

    @Test
    void handsOutAgainWhatWasNotAcknowledged() throws Exception {
        Spool spool = open(ROOMY);
        append(spool, 4);
        List<SpooledRecord> records = lend(spool, 3);
        spool.acknowledge(records.get(1));
        spool.takeBack();
        assertThat(lend(spool, 10)).extracting(SpooledRecord::sequence).containsExactly(3L, 4L);
    }

    @Test
    void handsOutNothingTwiceWhileLent() throws Exception {
        Spool spool = open(ROOMY);
        append(spool, 2);
        assertThat(lend(spool, 1)).extracting(SpooledRecord::sequence).containsExactly(1L);
        assertThat(lend(spool, 5)).extracting(SpooledRecord::sequence).containsExactly(2L);
        assertThat(lend(spool, 5)).isEmpty();
    }

    @Test
    void cutsATornTailOffAndGivesItsNumberAgain() throws Exception {
        Spool first = open(ROOMY);
        append(first, 2);
        Path segment = segments().getLast();
        byte[] whole = Files.readAllBytes(segment);
        append(first, 1);
        byte[] longer = Files.readAllBytes(segment);
        for (int torn = whole.length + 1; torn < longer.length; torn += 7) {
            Files.write(segment, java.util.Arrays.copyOf(longer, torn));
            Spool again = open(ROOMY);
            assertThat(lend(again, 9)).extracting(SpooledRecord::sequence).containsExactly(1L, 2L);
            assertThat(append(again, 1)).extracting(Position::sequence).containsExactly(3L);
        }
    }

    @Test
    void beginsANewEpochWhenAnAcknowledgedRecordIsMissing() throws Exception {
        Spool first = open(ROOMY);
        long epoch = append(first, 3).getFirst().epoch();
        first.acknowledge(lend(first, 3).getLast());
        try (var channel =
                java.nio.channels.FileChannel.open(
                        segments().getLast(), StandardOpenOption.WRITE)) {
            channel.truncate(SegmentHeader.BYTES);
        }
        Position next = append(open(ROOMY), 1).getFirst();
        assertThat(next.epoch()).isNotEqualTo(epoch);
        assertThat(next.sequence()).isEqualTo(1);
        assertThat(next.previous()).contains(new Position.Previous(epoch, 0));
    }

    @Test
    void beginsANewEpochWhenTheSegmentsAreGone() throws Exception {
        Spool first = open(ROOMY);
        long epoch = append(first, 3).getFirst().epoch();
        first.acknowledge(lend(first, 2).getLast());
        for (Path segment : segments()) {
            Files.delete(segment);
        }
        Position next = append(open(ROOMY), 1).getFirst();
        assertThat(next.previous()).contains(new Position.Previous(epoch, 0));
    }

    @Test
    void namesThePreviousEpochInTheFirstRecordOfANewOneOnly() throws Exception {
        Spool spool = open(ROOMY);
        long before = append(spool, 2).getFirst().epoch();
        spool.startEpoch();
        spool.startEpoch();
        List<Position> after = append(open(ROOMY), 2);
        assertThat(after.getFirst().epoch()).isNotEqualTo(before);
        assertThat(after)
                .extracting(Position::previous)
                .containsExactly(Optional.of(new Position.Previous(before, 2)), Optional.empty());
        assertThat(lend(open(ROOMY), 9))
                .extracting(SpooledRecord::sequence)
                .containsExactly(1L, 2L, 1L, 2L);
    }

    @Test
    void remembersTheLastWindowAlsoWhenItsRecordIsGone() throws Exception {
        SpoolLimits small = new SpoolLimits(1 << 20, 1);
        Spool first = open(small);
        append(first, 3);
        first.acknowledge(lend(first, 3).getLast());
        first.startEpoch();
        assertThat(open(small).lastWindowEndMillis()).isEqualTo(30_000);
    }

    @Test
    void dropsTheOldestWhenFullAndCountsTheirFlowsInTheRecordAfter() throws Exception {
        SpoolLimits four = new SpoolLimits(4L * (HEADER_AND_FRAME_BYTES + 10), 1);
        Spool spool = open(four);
        List<Position> positions = append(spool, 20);
        List<SpooledRecord> kept = lend(spool, 99);
        long dropped = positions.stream().mapToLong(Position::droppedFlows).sum();
        assertThat(kept).extracting(SpooledRecord::sequence).endsWith(20L).hasSizeLessThan(6);
        assertThat(dropped + kept.stream().mapToLong(SpoolTest::flows).sum())
                .isEqualTo(flowsOf(LongStream.rangeClosed(1, 20)));
        assertThat(spool.fill().droppedRecords()).isEqualTo(20 - kept.size());
    }

    @Test
    void neverDropsWhatIsBeingSent() throws Exception {
        SpoolLimits four = new SpoolLimits(4L * (HEADER_AND_FRAME_BYTES + 10), 1);
        Spool spool = open(four);
        append(spool, 2);
        List<SpooledRecord> sending = lend(spool, 2);
        append(spool, 20);
        spool.takeBack();
        assertThat(lend(spool, 2)).extracting(SpooledRecord::sequence).containsExactly(1L, 2L);
        assertThat(sending).hasSize(2);
    }

    @Test
    void doesNotSendWhatWasReportedAsDroppedWhenItDiedBeforeDeletingIt() throws Exception {
        SpoolLimits four = new SpoolLimits(4L * (HEADER_AND_FRAME_BYTES + 10), 1);
        Spool spool = open(four);
        long reported = 0;
        List<Path> saved = List.of();
        Path aside = Files.createDirectories(folder.resolve("aside"));
        while (reported == 0) {
            saved = segments();
            for (Path segment : saved) {
                Files.copy(
                        segment,
                        aside.resolve(segment.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            reported = append(spool, 1).getFirst().droppedFlows();
        }
        for (Path segment : saved) {
            if (!Files.exists(segment)) {
                Files.copy(aside.resolve(segment.getFileName()), segment);
            }
        }
        List<SpooledRecord> resent = lend(open(four), 99);
        assertThat(resent.stream().mapToLong(SpoolTest::flows).sum() + reported)
                .isEqualTo(flowsOf(LongStream.rangeClosed(1, resent.getLast().sequence())));
    }

    /// Random appends, sends, failures, clock steps and deaths: whatever happens, what Kafka has in
    /// the end is every number of every epoch once, except what was reported as dropped, and no
    /// number ever had two contents.
    @Test
    void losesAndRepeatsNothingWhereverItDies() throws Exception {
        for (int seed = 0; seed < 6; seed++) {
            new SpoolWalk(walkFolder(seed), seed, false).run(150);
        }
    }

    /// A record that arrived without an answer may later be dropped and reported as lost: never too
    /// little is reported.
    @Test
    void reportsNeverTooLittleWhenAnswersGetLost() throws Exception {
        for (int seed = 100; seed < 103; seed++) {
            new SpoolWalk(walkFolder(seed), seed, true).run(150);
        }
    }

    private Path walkFolder(int seed) throws IOException {
        return Files.createDirectories(folder.resolve("walk-" + seed));
    }

    private Spool open(SpoolLimits limits) throws IOException {
        return Spool.open(folder, limits, new Random(7 + segments().size()));
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Segment::isSegment).sorted().toList();
        }
    }

    private static List<Position> append(Spool spool, int records) throws IOException {
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            long number = nextNumber(spool);
            spool.append(
                    new Draft(
                            number,
                            number * 10_000,
                            position -> {
                                positions.add(position);
                                return text(position);
                            }));
        }
        return positions;
    }

    /// The n-th record stands for n flows and for the n-th window.
    private static long nextNumber(Spool spool) {
        return spool.lastWindowEndMillis() / 10_000 + 1;
    }

    private static byte[] text(Position position) {
        return ("record" + position.sequence()).getBytes(StandardCharsets.UTF_8);
    }

    private static long flows(SpooledRecord spooled) {
        return spooled.sequence();
    }

    private static long flowsOf(LongStream sequences) {
        return sequences.sum();
    }

    private static List<SpooledRecord> lend(Spool spool, int most) throws Exception {
        return spool.lend(most, Duration.ZERO);
    }
}
