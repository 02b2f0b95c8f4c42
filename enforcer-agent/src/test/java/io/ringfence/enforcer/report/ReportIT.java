package io.ringfence.enforcer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.SignedFlowBatch;
import io.ringfence.contracts.report.EnforcerReport;
import io.ringfence.contracts.report.SignedEnforcerReport;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.enforcer.console.Console;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.fake.FakeConsole;
import io.ringfence.enforcer.spool.Spool;
import io.ringfence.enforcer.spool.SpoolLimits;
import io.ringfence.enforcer.window.FlowFolder;
import io.ringfence.enforcer.window.Moment;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.signature.Signatures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportIT {
    private static final long NOON = 1_800_000_000_000L;

    @TempDir private Path folder;
    private FakeConsole fake;
    private KafkaProcess kafka;
    private EnforcerIdentity identity;
    private Console console;
    private long windows;

    @BeforeEach
    void start() throws Exception {
        fake = new FakeConsole();
        kafka = new KafkaProcess(folder.resolve("broker"), fake);
        identity =
                EnforcerIdentity.of(
                        FakeConsole.CONSOLE, fake.enforcer(), fake.authority().certificate());
        console = Console.of(fake.api(), identity);
    }

    @AfterEach
    void stop() throws Exception {
        console.close();
        kafka.close();
        fake.close();
    }

    @Test
    void sendsEveryWindowOnceAndSignedWhateverIsKilled() throws Exception {
        Spool spool = open();
        spool(spool, 20);
        Thread sender = send(spool);
        awaitEmpty(spool);

        kafka.kill();
        spool(spool, 20);
        kafka.startAgain();
        awaitEmpty(spool);

        sender.interrupt();
        sender.join();
        Spool next = open();
        spool(next, 20);
        sender = send(next);
        awaitEmpty(next);
        sender.interrupt();
        sender.join();

        TreeMap<Long, FlowBatch> batches = batches();
        assertThat(batches.keySet())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
        assertThat(batches.values()).extracting(FlowBatch::getBootEpoch).hasSize(60);
        assertThat(batches.values().stream().map(FlowBatch::getBootEpoch).distinct()).hasSize(1);
        assertThat(batches.values().stream().mapToLong(b -> b.getFlows(0).getCount()).sum())
                .isEqualTo(LongStream.rangeClosed(1, 60).sum());
        assertThat(batches.values())
                .extracting(FlowBatch::getWindowEndMs)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(fake.requests())
                .anyMatch(request ->
                        request.startsWith("POST /issue ")
                                && request.contains("\"audience\":\"https://kafka.ringfence\"")
                                && request.contains("\"realm\":\"Certificate\""));
    }

    @Test
    void saysHowItIs() throws Exception {
        Spool spool = open();
        Thread sender = send(spool);
        List<ConsumerRecord<byte[], byte[]>> records = read(Topic.ENFORCER_REPORT, 1);
        sender.interrupt();
        sender.join();
        SignedEnforcerReport signed = SignedEnforcerReport.parseFrom(records.getFirst().value());
        assertThat(
                        Signatures.verify(
                                Signatures.ENFORCER_REPORT,
                                Pem.certificate(signed.getCertificate().toByteArray()),
                                signed.getContent().toByteArray(),
                                signed.getSignature().toByteArray()))
                .isTrue();
        EnforcerReport report = EnforcerReport.parseFrom(signed.getContent());
        assertThat(report.getEnforcerId()).isEqualTo(FakeConsole.ENFORCER);
        assertThat(report.getPolicyVersion()).isEqualTo(4);
        assertThat(report.getCountersMap()).containsEntry("spool_records", 0L);
    }

    private Spool open() throws IOException {
        return Spool.open(folder.resolve("spool"), SpoolLimits.of(1 << 20), new Random(3));
    }

    /// The n-th window holds one flow key, seen n times.
    private void spool(Spool spool, int count) {
        FlowFolder flows =
                new FlowFolder(
                        Duration.ofSeconds(10), 100, spool.lastWindowEndMillis(), at(windows));
        FlowSpooler spooler = new FlowSpooler(flows, spool, () -> identity, Flows.NO_LOSSES);
        for (int i = 0; i < count; i++) {
            windows++;
            for (int flow = 0; flow < windows; flow++) {
                flows.add(Flows.flow(80), NOON + windows * 10_000);
            }
            spooler.spoolClosed(at(windows + 1));
        }
    }

    private Thread send(Spool spool) {
        return Thread.ofVirtual()
                .start(
                        new RecordSender(
                                spool,
                                new KafkaSettings(
                                        kafka.enforcerListener(),
                                        identity.id(),
                                        identity.authority(),
                                        new ConsoleTokens(() -> console)),
                                () -> identity,
                                () ->
                                        new ReportContent(
                                                4, ByteString.EMPTY, Map.of("spool_records", 0L)),
                                Clock.systemUTC(),
                                new Random(5)));
    }

    private static void awaitEmpty(Spool spool) {
        await().atMost(Duration.ofSeconds(60)).until(() -> spool.fill().records() == 0);
    }

    private TreeMap<Long, FlowBatch> batches() throws Exception {
        TreeMap<Long, FlowBatch> batches = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> read : read(Topic.FLOW_OBSERVED, 60)) {
            assertThat(new String(read.key(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(FakeConsole.ENFORCER);
            SignedFlowBatch signed = SignedFlowBatch.parseFrom(read.value());
            assertThat(
                            Signatures.verify(
                                    Signatures.FLOW_BATCH,
                                    Pem.certificate(signed.getCertificate().toByteArray()),
                                    signed.getContent().toByteArray(),
                                    signed.getSignature().toByteArray()))
                    .isTrue();
            FlowBatch batch = FlowBatch.parseFrom(signed.getContent());
            FlowBatch before = batches.put(batch.getSequence(), batch);
            assertThat(before).isIn(null, batch);
        }
        return batches;
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic, int atLeast) {
        List<ConsumerRecord<byte[], byte[]>> records = new java.util.ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer()) {
            TopicPartition only = new TopicPartition(topic.topicName(), 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                        return records.size() >= atLeast;
                    });
        }
        return records;
    }

    private static Moment at(long window) {
        return new Moment(NOON + window * 10_000, window * 10_000_000_000L);
    }
}
