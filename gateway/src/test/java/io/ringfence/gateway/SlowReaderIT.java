package io.ringfence.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.embedded.init.Installation;
import io.ringfence.testkit.domain.TestEnforcer;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Enforcers that stop to read what they are sent. Their sockets fill up, and the gateway, which
/// runs in this JVM, keeps no more for each than what is next.
@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class SlowReaderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final String DIRECTORY_PATH = "/internal/peerdirectory";
    private static final int MEBIBYTE = 1 << 20;
    private static final int WHOLE_BYTES = 512 << 10;
    private static final int CHANGE_BYTES = 128 << 10;
    private static final int DELTA_BYTES = 24 << 10;
    private static final int WHOLES = 80;
    private static final int CHANGES = 40;
    private static final long PUBLISHED_BYTES = WHOLES * (long) WHOLE_BYTES;
    private static final int DELTAS = 20;
    private static final int BRISK = 10;
    private static final long NEWEST = 1 + WHOLES + DELTAS;
    private static final int STUCK = 40;
    private static final int PINGS = 200_000;
    private static final int PING_BYTES = 125;

    private static final String CONNECTED = "ringfence_gateway_connected_enforcers";
    private static final String CONFLATED = "ringfence_gateway_stream_conflations_total";

    private static TestBackend policy;

    private final Installation installation = TestInstallation.get().installation();
    private final ConsoleState console = new ConsoleState();
    private final String slowId = newId();
    private final String tenant = "tenant-" + slowId;

    @BeforeAll
    static void startService() {
        policy = TestBackend.standingFor(Principal.POLICY_SERVICE);
    }

    @AfterAll
    static void stopService() {
        policy.close();
    }

    @BeforeEach
    void makeNamespace() {
        console.namespace("/acme");
        console.namespace("/acme/shop");
    }

    /// It says that it is there, so that it stays connected, and what it does not read is as large
    /// as all that the sockets on the way could take in, several times.
    @Test
    void keepsOnlyWhatIsNextForOneThatDoesNotReadAndHoldsUpNobody() throws Exception {
        String briskId = newId();
        standing(slowId, 1);
        standing(briskId, 1);
        policy.answering(DIRECTORY_PATH, 200, change(1, "", digest(1)).toByteArray());
        StreamClient brisk = StreamClient.connect(installation, certificateOf(briskId));
        brisk.send(hello());
        assertThat(version(brisk.next())).isEqualTo(1);
        brisk.nextDirectory();
        StreamClient slow = StreamClient.connectWithoutReading(installation, certificateOf(slowId));
        slow.send(hello());
        eventually(() ->
                policy.received.stream()
                        .anyMatch(each -> each.pathAndQuery().equals(snapshotPath(slowId))));
        try (ScheduledExecutorService talking = Executors.newSingleThreadScheduledExecutor()) {
            var unused =
                    talking.scheduleAtFixedRate(() -> slow.send(receipt()), 0, 1, TimeUnit.SECONDS);
            long before = HeldMemory.bytes();

            standing(slowId, NEWEST);
            policy.answering(
                    DIRECTORY_PATH, 200, change(CHANGES, "", digest(CHANGES)).toByteArray());
            console.published(
                    Stream.of(wholesAndThenDeltas(), changes(), wholes(briskId, BRISK))
                            .flatMap(records -> records));
            awaitPolicy(brisk, BRISK);
            awaitDirectory(brisk, CHANGES);

            assertThat(HeldMemory.bytes() - before).isLessThan(PUBLISHED_BYTES / 2);
            assertThat(slow.receivedBytes).hasValue(0);
            talking.shutdownNow();
        }

        slow.read();
        awaitPolicy(slow, NEWEST);
        awaitDirectory(slow, CHANGES);
        assertThat(slow.receivedBytes).hasValueLessThan(PUBLISHED_BYTES / 2);
        slow.socket().abort();
        brisk.socket().abort();
    }

    /// Vert.x answers each ping, and the answers to one that does not read would wait in memory.
    @Test
    void keepsNoHeapOfAnswersForOneThatPingsAndDoesNotRead() throws Exception {
        StreamClient pinging =
                StreamClient.connectWithoutReading(installation, certificateOf(slowId));
        long before = HeldMemory.bytes();
        for (int sent = 0; sent < PINGS; sent++) {
            pinging.socket().sendPing(ByteBuffer.allocate(PING_BYTES)).join();
            if (sent % 1_000 == 0) {
                pinging.send(receipt());
            }
        }

        assertThat(HeldMemory.bytes() - before).isLessThan(12 * MEBIBYTE);

        pinging.read();
        assertThat(pinging.pong.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(PING_BYTES);
        pinging.socket().abort();
    }

    /// The farewell of one that takes nothing from its socket cannot leave. An enforcer that only
    /// answers pings stays.
    @Test
    void itsHeartbeatEndsOneThatSaysNothingThoughNoFarewellCanLeave() throws Exception {
        String briskId = newId();
        StreamClient brisk = StreamClient.connect(installation, certificateOf(briskId));
        try (SilentClient stuck = SilentClient.connect(installation, certificateOf(slowId));
                SilentClient reading = SilentClient.connect(installation, certificateOf(newId()))) {
            double conflated = metric(CONFLATED);
            console.published(wholes(slowId, STUCK));
            eventually(() -> metric(CONFLATED) > conflated);
            double connected = metric(CONNECTED);

            assertThat(reading.readToEnd()).contains("no pong within 10 s");
            eventually(() -> metric(CONNECTED) <= connected - 2);
            stuck.readToEnd();
        }

        console.published(wholes(briskId, 2));
        awaitPolicy(brisk, 2);
        brisk.socket().abort();
    }

    private static double metric(String name) {
        return Metrics.of(TestInstallation.get()).sum(name);
    }

    private static void eventually(BooleanSupplier happens) {
        await().atMost(PATIENCE).until(happens::getAsBoolean);
    }

    /// Versions rise on the way there.
    private static void awaitPolicy(StreamClient client, long version) throws Exception {
        for (long reached = 0; reached < version; ) {
            long next = version(client.next());
            assertThat(next).isGreaterThan(reached);
            reached = next;
        }
    }

    private static void awaitDirectory(StreamClient client, long version) throws Exception {
        for (long reached = 0; reached < version; ) {
            reached = version(client.nextDirectory());
        }
    }

    private void standing(String id, long version) {
        policy.answering(snapshotPath(id), 200, whole(id, version).toByteArray());
    }

    private static String snapshotPath(String id) {
        return "/internal/policysnapshots/" + id;
    }

    private Stream<ProducerRecord<String, byte[]>> wholesAndThenDeltas() {
        return Stream.concat(
                wholes(slowId, 1 + WHOLES),
                LongStream.rangeClosed(2 + WHOLES, NEWEST)
                        .mapToObj(version -> published(slowId, delta(version))));
    }

    private Stream<ProducerRecord<String, byte[]>> changes() {
        return LongStream.rangeClosed(2, CHANGES)
                .mapToObj(version -> change(version, digest(version - 1), digest(version)))
                .map(this::published);
    }

    private Stream<ProducerRecord<String, byte[]>> wholes(String id, long newest) {
        return LongStream.rangeClosed(2, newest)
                .mapToObj(version -> published(id, whole(id, version)));
    }

    /// All in one partition, so that who gets a later one knows that the gateway has heard of those
    /// before.
    private static ProducerRecord<String, byte[]> published(String id, SignedPolicy signed) {
        return new ProducerRecord<>(Topic.POLICY_DELTA.topicName(), 0, id, signed.toByteArray());
    }

    private ProducerRecord<String, byte[]> published(SignedDirectory signed) {
        return new ProducerRecord<>(
                Topic.DIRECTORY_DELTA.topicName(), tenant, signed.toByteArray());
    }

    private SignedPolicy whole(String id, long version) {
        PolicySnapshot snapshot =
                PolicySnapshot.newBuilder()
                        .addTenants(tenant)
                        .setEnforcerId(id)
                        .setVersion(version)
                        .setDigest(ByteString.copyFromUtf8(digest(version)))
                        .build();
        return SignedPolicy.newBuilder()
                .setContent(snapshot.toByteString())
                .setSignature(weighing(WHOLE_BYTES))
                .build();
    }

    private SignedPolicy delta(long version) {
        PolicyDelta delta =
                PolicyDelta.newBuilder()
                        .setEnforcerId(slowId)
                        .setVersion(version)
                        .setBaseDigest(ByteString.copyFromUtf8(digest(version - 1)))
                        .setDigest(ByteString.copyFromUtf8(digest(version)))
                        .build();
        return SignedPolicy.newBuilder()
                .setContent(delta.toByteString())
                .setSignature(weighing(DELTA_BYTES))
                .setIsDelta(true)
                .build();
    }

    private SignedDirectory change(long version, String from, String to) {
        PeerDirectory directory =
                PeerDirectory.newBuilder()
                        .setTenant(tenant)
                        .setVersion(version)
                        .setBaseDigest(ByteString.copyFromUtf8(from))
                        .setDigest(ByteString.copyFromUtf8(to))
                        .build();
        return SignedDirectory.newBuilder()
                .setContent(directory.toByteString())
                .setSignature(weighing(CHANGE_BYTES))
                .build();
    }

    private static ByteString weighing(int bytes) {
        return ByteString.copyFrom(new byte[bytes]);
    }

    private static String digest(long version) {
        return "digest " + version;
    }

    private static long version(SignedPolicy policy) throws InvalidProtocolBufferException {
        return policy.getIsDelta()
                ? PolicyDelta.parseFrom(policy.getContent()).getVersion()
                : PolicySnapshot.parseFrom(policy.getContent()).getVersion();
    }

    private static long version(SignedDirectory directory) throws InvalidProtocolBufferException {
        return PeerDirectory.parseFrom(directory.getContent()).getVersion();
    }

    private static FromEnforcer hello() {
        return FromEnforcer.newBuilder().setHello(EnforcerHello.getDefaultInstance()).build();
    }

    private static FromEnforcer receipt() {
        return FromEnforcer.newBuilder().setReceipt(PolicyReceipt.getDefaultInstance()).build();
    }

    private SSLContext certificateOf(String id) {
        return TlsContexts.of(
                Pem.readCertificate(installation.folder().authority()),
                TestEnforcer.enroll(installation, id, "/acme/shop").identity());
    }

    private static String newId() {
        return "%08x%016x"
                .formatted(
                        ThreadLocalRandom.current().nextInt(),
                        ThreadLocalRandom.current().nextLong());
    }
}
