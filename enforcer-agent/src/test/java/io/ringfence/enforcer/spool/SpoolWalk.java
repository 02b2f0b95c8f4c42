package io.ringfence.enforcer.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A random walk of one spool through appends, sends, failures and deaths, beside a Kafka that
/// remembers everything it was sent.
final class SpoolWalk {
    private static final SpoolLimits LIMITS = new SpoolLimits(6_000, 700);

    private final Path folder;
    private final Random random;
    private final boolean losesAnswers;
    private final Map<Long, TreeMap<Long, String>> received = new HashMap<>();
    private final Map<String, Long> flowsOfContent = new HashMap<>();
    private final Map<Long, Long> lastOfEpoch = new HashMap<>();
    private long written;
    private long dropped;
    private long arrivedUnanswered;
    private Spool spool;
    private Optional<Position> last = Optional.empty();

    /// @param losesAnswers whether Kafka sometimes has a record without the sender knowing
    SpoolWalk(Path folder, long seed, boolean losesAnswers) throws IOException {
        this.folder = folder;
        this.losesAnswers = losesAnswers;
        this.random = new Random(seed);
        this.spool = open();
    }

    void run(int steps) throws Exception {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(12)) {
                case 0 -> die();
                case 1 -> dieWhileWriting();
                case 2 -> spool.startEpoch();
                case 3 -> send(false);
                case 4, 5 -> send(true);
                default -> append();
            }
        }
        while (send(true)) {}
        verify();
    }

    private Spool open() throws IOException {
        return Spool.open(folder, LIMITS, random);
    }

    private void die() throws IOException {
        spool = open();
    }

    /// A record that was being written never counts: nobody can have seen it.
    private void dieWhileWriting() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path newest = files.filter(Segment::isSegment).sorted().toList().getLast();
            byte[] frame =
                    new Frame(99, 0, 1, Frame.Segments.NONE, new byte[random.nextInt(40)])
                            .encode()
                            .array();
            byte[] torn = java.util.Arrays.copyOf(frame, random.nextInt(frame.length));
            Files.write(newest, torn, StandardOpenOption.APPEND);
        }
        die();
    }

    private void append() throws IOException {
        long flows = 1 + random.nextInt(50);
        spool.append(
                new Draft(
                        flows,
                        0,
                        position -> {
                            check(position);
                            written += flows;
                            dropped += position.droppedFlows();
                            String content =
                                    position.epoch() + "/" + position.sequence() + "/" + written;
                            flowsOfContent.put(content, flows);
                            return content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                        }));
    }

    private void check(Position position) {
        boolean isSameEpoch = last.isPresent() && last.get().epoch() == position.epoch();
        long expected = isSameEpoch ? last.orElseThrow().sequence() + 1 : 1;
        assertThat(position.sequence()).isEqualTo(expected);
        if (!isSameEpoch && last.isPresent()) {
            assertThat(position.previous())
                    .contains(new Position.Previous(last.get().epoch(), last.get().sequence()));
        }
        last = Optional.of(position);
        lastOfEpoch.put(position.epoch(), position.sequence());
    }

    private boolean send(boolean isAcknowledged) throws Exception {
        List<SpooledRecord> records = spool.lend(1 + random.nextInt(4), Duration.ZERO);
        int unanswered = losesAnswers ? random.nextInt(records.size() + 1) : 0;
        int arrived = isAcknowledged ? records.size() : unanswered;
        for (SpooledRecord spooled : records.subList(0, arrived)) {
            String content = new String(spooled.content(), java.nio.charset.StandardCharsets.UTF_8);
            String before =
                    received.computeIfAbsent(spooled.epoch(), _ -> new TreeMap<>())
                            .put(spooled.sequence(), content);
            assertThat(before).isIn(null, content);
            if (!isAcknowledged) {
                arrivedUnanswered += flowsOfContent.getOrDefault(content, 0L);
            }
        }
        if (isAcknowledged && !records.isEmpty()) {
            spool.acknowledge(records.getLast());
        } else {
            spool.takeBack();
        }
        return !records.isEmpty();
    }

    private void verify() {
        List<String> contents = new ArrayList<>();
        received.values().forEach(epoch -> contents.addAll(epoch.values()));
        long arrived =
                contents.stream()
                        .mapToLong(content -> flowsOfContent.getOrDefault(content, 0L))
                        .sum();
        assertThat(arrived + dropped).isBetween(written, written + arrivedUnanswered);
        received.forEach((epoch, records) ->
                assertThat(records.lastKey())
                        .isLessThanOrEqualTo(lastOfEpoch.getOrDefault(epoch, 0L)));
        assertThat(spool.fill().records()).isZero();
    }
}
