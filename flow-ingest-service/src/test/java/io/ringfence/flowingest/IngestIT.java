package io.ringfence.flowingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service between a real Kafka and a real VictoriaMetrics: |truth − answer| = 0.
class IngestIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    @TempDir private Path folder;

    @Test
    void countsEachFlowOnceHoweverOftenItsRecordComes() throws Exception {
        try (Store store = Store.exact(folder);
                IngestProcess ingest = IngestProcess.start(folder, store.url());
                Observer observer = new Observer()) {
            observer.observe(100, 3);
            agrees(store, observer);
            stays(store, observer);
            assertThat(ingest.metric("ringfence_flow_ingest_replayed_total"))
                    .isGreaterThanOrEqualTo(200);
            assertThat(ingest.metric("ringfence_flow_ingest_rows_total"))
                    .isGreaterThanOrEqualTo(4 * 300);
        }
    }

    @Test
    void answersTheSameAfterTheTopicIsReadFromItsBeginning() throws Exception {
        try (Store store = Store.exact(folder);
                Observer observer = new Observer()) {
            Instant now = Instant.now().plusSeconds(60);
            List<String> before;
            try (IngestProcess ingest = IngestProcess.start(folder, store.url())) {
                observer.observe(150, 1);
                agrees(store, observer);
                before = answers(store, observer, now);
            }
            long records = rewind();
            try (IngestProcess ingest = IngestProcess.start(folder, store.url())) {
                await().atMost(PATIENCE)
                        .until(() ->
                                ingest.metric("ringfence_flow_ingest_records_total") >= records);
                stays(store, observer);
                assertThat(answers(store, observer, now)).isEqualTo(before);
            }
        }
    }

    @Test
    void losesNothingWhenItIsKilledInTheMiddle() throws Exception {
        try (Store store = Store.exact(folder);
                Observer observer = new Observer()) {
            IngestProcess killed = IngestProcess.start(folder, store.url());
            observer.observe(200, 1);
            await().atMost(PATIENCE).until(() -> store.sum(observer.flows("true"), later()) > 0);
            killed.kill();
            observer.observe(200, 1);
            try (IngestProcess again = IngestProcess.start(folder, store.url())) {
                agrees(store, observer);
                stays(store, observer);
            }
        }
    }

    @Test
    void writesAgainWhatAKilledStoreLost() throws Exception {
        try (Store store = Store.exact(folder);
                IngestProcess ingest = IngestProcess.start(folder, store.url());
                Observer observer = new Observer()) {
            observer.observe(200, 1);
            agrees(store, observer);
            store.kill();
            observer.observe(100, 1);
            store.start();
            agrees(store, observer);
            await().atMost(PATIENCE)
                    .until(() -> ingest.metric("ringfence_flow_ingest_rewinds_total") > 0);
            agrees(store, observer);
        }
    }

    @Test
    void putsGarbageAmongTheDeadLettersAndGoesOn() throws Exception {
        try (Store store = Store.exact(folder);
                IngestProcess ingest = IngestProcess.start(folder, store.url());
                Observer observer = new Observer();
                TopicReader letters =
                        TestKafka.of(TestInstallation.get())
                                .readFromEnd(Topic.FLOW_OBSERVED.deadLetterName())) {
            byte[] garbage = ("garbage of " + observer.id()).getBytes(StandardCharsets.UTF_8);
            observer.observe(1, 1);
            observer.send(garbage);
            observer.observe(1, 1);
            ConsumerRecord<String, byte[]> letter = letters.awaitKey(observer.id());
            assertThat(letter.value()).isEqualTo(garbage);
            assertThat(header(letter, Topic.REASON_HEADER)).contains("no SignedFlowBatch");
            assertThat(header(letter, Topic.ORIGIN_HEADER))
                    .matches("flow\\.observed\\.v1/\\d+/\\d+");
            agrees(store, observer);
            assertThat(ingest.metric("ringfence_flow_ingest_refused_total")).isPositive();
        }
    }

    @Test
    void tellsWhichRecordsNeverCame() throws Exception {
        try (Store store = Store.exact(folder);
                IngestProcess ingest = IngestProcess.start(folder, store.url());
                Observer observer = new Observer()) {
            observer.observe(1, 1);
            observer.skip(4);
            observer.observe(1, 1);
            agrees(store, observer);
            String gap = "ringfence_flows_lost_total{enforcer=\"%s\",reason=\"gap\"}";
            assertThat(ingest.metric(gap.formatted(observer.id()))).isEqualTo(4);
            assertThat(store.sum(observer.lost(), later())).isEqualTo(2);
        }
    }

    @Test
    void refusesToRunWithoutDeduplication() throws Exception {
        try (Store store = Store.withoutDeduplication(folder)) {
            Path log = folder.resolve("ingest.log");
            Process ingest =
                    new ProcessBuilder(IngestProcess.command(folder, store.url()))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            try {
                assertThat(ingest.waitFor(180, TimeUnit.SECONDS)).isTrue();
                assertThat(ingest.exitValue()).isEqualTo(1);
                assertThat(Files.readString(log))
                        .contains("start it with -dedup.minScrapeInterval=1ms");
            } finally {
                ingest.destroyForcibly();
            }
        }
    }

    private static void agrees(Store store, Observer observer) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(store.sum(observer.flows("true"), later()))
                            .isEqualTo(observer.accepted());
                    assertThat(store.sum(observer.flows("false"), later()))
                            .isEqualTo(observer.rejected());
                });
    }

    private static void stays(Store store, Observer observer) {
        await().during(A_WHILE)
                .atMost(A_WHILE.plus(A_WHILE))
                .until(() ->
                        store.sum(observer.flows("true"), later()) == observer.accepted()
                                && store.sum(observer.flows("false"), later())
                                        == observer.rejected());
    }

    private static Instant later() {
        return Instant.now().plusSeconds(120);
    }

    private static List<String> answers(Store store, Observer observer, Instant time)
            throws Exception {
        String flows = "flows{enforcer_id=\"%s\"}".formatted(observer.id());
        String otherEnd = "flows_other_end{enforcer_id=\"%s\"}".formatted(observer.id());
        return List.of(
                store.ask("sum_over_time(%s[2h])".formatted(flows), time),
                store.ask("sum_over_time(%s[2h])".formatted(otherEnd), time),
                store.ask("tlast_over_time(%s[2h])".formatted(flows), time),
                store.ask("sum by (accept) (count_over_time(%s[90s]))".formatted(flows), time),
                store.ask(
                        "sum by (reason) (sum_over_time(%s[2h]))".formatted(observer.lost()),
                        time));
    }

    /// @return how many records there are to be read again
    private static long rewind() throws Exception {
        TestKafka kafka = TestKafka.of(TestInstallation.get());
        try (Admin admin = Admin.create(kafka.settingsOfSuperuser())) {
            String topic = Topic.FLOW_OBSERVED.topicName();
            List<TopicPartition> partitions =
                    IntStream.range(0, Partitioning.SINGLE_MACHINE)
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList();
            Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (TopicPartition partition : partitions) {
                beginning.put(partition, new OffsetAndMetadata(0));
                ends.put(partition, OffsetSpec.latest());
            }
            admin.alterConsumerGroupOffsets(Principal.FLOW_INGEST_SERVICE.commonName(), beginning)
                    .all()
                    .get();
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return Stream.of(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
