package io.ringfence.policy.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.embedded.init.DataFolder;
import io.ringfence.engine.form.PolicyDeltas;
import io.ringfence.engine.form.PolicyDigest;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.compile.CurrentPolicies.Edition;
import io.ringfence.policy.compile.PolicyOutlet;
import io.ringfence.policy.publish.Publishers;
import io.ringfence.policy.receipt.Convergence;
import io.ringfence.policy.receipt.EnforcerReceipts;
import io.ringfence.policy.receipt.InventoryFreshness;
import io.ringfence.policy.receipt.ReceiptPublisher;
import io.ringfence.policy.receipt.ReceiptPublishers;
import io.ringfence.policy.share.Share;
import io.ringfence.policy.share.Shares;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.trust.certificate.CertificateCheck;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TrustedCertificates;
import io.ringfence.trust.signature.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From an object's record on Kafka to the signed policy on Kafka, as the principal policy-service
/// with the rights it has. Every test has a tenant of its own.
class PolicyPathIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestInstallation installation = TestInstallation.get();
    private final TestKafka kafka = TestKafka.of(installation);
    private final DataFolder folder = installation.installation().folder();
    private Run run = new Run();

    private final Map<ByteString, PolicySnapshot> seen = new HashMap<>();

    @BeforeEach
    void start() {
        run.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        run.stop();
    }

    @Test
    void aRulesetBecomesASignedPolicy() throws Exception {
        registerHost("/signed");
        try (TopicReader deltas = kafka.readFromBeginning(Topic.POLICY_DELTA.topicName())) {
            ruleset("/signed", 1, "Reject");
            PolicySnapshot policy = awaitRuleset(deltas, "/signed");

            assertThat(policy.getConsoleId()).isEqualTo("console");
            assertThat(policy.getDigest()).isEqualTo(PolicyDigest.of(policy));
            assertThat(policy.getProcessingUnits(0).getIncoming().getAddressesList()).hasSize(1);
        }
    }

    @Test
    void whatChangesLittleIsSentAsADelta() {
        registerHost("/delta");
        for (int number = 1; number <= 40; number++) {
            kafka.writeObject(
                    Topic.PROCESSING_UNIT_CHANGED.topicName(),
                    "/delta",
                    "peer" + number,
                    States.unit("peer" + number, "/delta", "", "10.0.1." + number));
        }
        ruleset("/delta", 1, "Allow");
        try (TopicReader deltas = kafka.readFromBeginning(Topic.POLICY_DELTA.topicName())) {
            awaitRuleset(deltas, "/delta");
            kafka.writeObject(
                    Topic.PROCESSING_UNIT_CHANGED.topicName(),
                    "/delta",
                    "newcomer",
                    States.unit("newcomer", "/delta", "", "10.0.2.1"));
            ConsumerRecord<String, byte[]> record =
                    deltas.await(one ->
                            one.key().equals(enforcer("/delta"))
                                    && policy(one).getProcessingUnitsList().stream()
                                            .anyMatch(unit ->
                                                    unit.getIncoming().getAddressesCount() == 42));
            assertThat(isDelta(record)).isTrue();
        }
    }

    private static boolean isDelta(ConsumerRecord<String, byte[]> record) {
        try {
            return SignedPolicy.parseFrom(record.value()).getIsDelta();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRulesetThatExpiresLeavesThePolicyByItself() {
        registerHost("/expiring");
        Instant expiry = Instant.now().plusSeconds(5);
        kafka.writeObject(
                Topic.RULESET_CHANGED.topicName(),
                "/expiring",
                "rules/expiring",
                States.ruleset(
                        "rules/expiring",
                        1,
                        "/expiring",
                        "{'subject':[['app=web']],'incomingRules':[{'object':[['app=web']]}],'expirationTime':'%s'}"
                                .formatted(expiry)));
        try (TopicReader deltas = kafka.readFromBeginning(Topic.POLICY_DELTA.topicName())) {
            PolicySnapshot during = awaitRuleset(deltas, "/expiring");
            assertThat(during.getCompiledAtMs()).isLessThan(expiry.toEpochMilli());
            PolicySnapshot after =
                    policy(
                            deltas.await(record ->
                                    record.key().equals(enforcer("/expiring"))
                                            && policy(record).getVersion() > during.getVersion()));
            assertThat(after.getTextList()).doesNotContain("rules/expiring");
            assertThat(after.getCompiledAtMs()).isGreaterThanOrEqualTo(expiry.toEpochMilli());
        }
    }

    @Test
    void garbageGoesToTheDeadLettersAndEverythingGoesOn() throws Exception {
        registerHost("/garbage");
        byte[] garbage = {(byte) 0xff, 0x00, 0x13};
        kafka.writeObject(Topic.RULESET_CHANGED.topicName(), "/garbage", "broken", garbage);
        ruleset("/garbage", 1, "Reject");
        try (TopicReader letters = kafka.readFromBeginning(Topic.RULESET_CHANGED.deadLetterName());
                TopicReader deltas = kafka.readFromBeginning(Topic.POLICY_DELTA.topicName())) {
            ConsumerRecord<String, byte[]> letter = letters.awaitKey("broken");
            assertThat(letter.value()).isEqualTo(garbage);
            assertThat(
                            new String(
                                    letter.headers().lastHeader(Topic.REASON_HEADER).value(),
                                    StandardCharsets.UTF_8))
                    .startsWith("The value is not an ObjectState");
            awaitRuleset(deltas, "/garbage");
        }
        assertThat(
                        run.meters
                                .counter(
                                        "ringfence.policy.dead.letters",
                                        "topic",
                                        Topic.RULESET_CHANGED.topicName())
                                .count())
                .isEqualTo(1);
    }

    @Test
    void aRestartKeepsTheVersionAndRepeatsNothing() throws Exception {
        registerHost("/restart");
        ruleset("/restart", 1, "Reject");
        try (TopicReader deltas = kafka.readFromBeginning(Topic.POLICY_DELTA.topicName());
                TopicReader compiled = kafka.readFromBeginning(Topic.POLICY_COMPILED.topicName())) {
            PolicySnapshot before = awaitRuleset(deltas, "/restart");
            compiled.await(record ->
                    record.key().equals(enforcer("/restart"))
                            && new String(record.value(), StandardCharsets.ISO_8859_1)
                                    .contains(
                                            before.getDigest()
                                                    .toString(StandardCharsets.ISO_8859_1)));
            run.stop();
            int sent = deltas.readToEnd().size();

            run = new Run();
            run.start();

            assertThat(run.current.of(enforcer("/restart"))).contains(before);
            assertThat(deltas.readToEnd()).hasSize(sent);

            ruleset("/restart", 2, "Allow");
            ConsumerRecord<String, byte[]> next =
                    deltas.await(record ->
                            record.key().equals(enforcer("/restart"))
                                    && policy(record).getVersion() > before.getVersion());
            assertThat(policy(next).getDigest()).isNotEqualTo(before.getDigest());
        }
    }

    @Test
    void receiptsReachEveryInstanceAndSurviveARestartAndGoWithTheEnforcer() throws Exception {
        registerHost("/receipts");
        ruleset("/receipts", 1, "Reject");
        String enforcer = enforcer("/receipts");
        await().atMost(PATIENCE).until(() -> run.current.edition(enforcer).isPresent());
        Edition edition = run.current.edition(enforcer).orElseThrow();
        PolicyReceipt receipt =
                PolicyReceipt.newBuilder()
                        .setVersion(edition.version())
                        .setDigest(edition.digest())
                        .build();
        Run other = new Run();
        other.start();
        try {
            other.publish(enforcer, receipt);
            await().atMost(PATIENCE).until(() -> run.holds(enforcer, receipt));
            await().atMost(PATIENCE).until(() -> other.holds(enforcer, receipt));
        } finally {
            other.stop();
        }
        run.stop();
        run = new Run();
        run.start();
        assertThat(run.holds(enforcer, receipt)).isTrue();

        kafka.writeObject(Topic.ENFORCER_CHANGED.topicName(), "/receipts", enforcer, null);
        await().atMost(PATIENCE).until(() -> run.receipts.of(enforcer).isEmpty());
    }

    @Test
    void aNewHostChangesTheDirectoryAndNoOtherHostsPolicy() throws Exception {
        registerHost("/directory");
        await().atMost(PATIENCE)
                .until(() -> run.current.edition(enforcer("/directory")).isPresent());
        try (TopicReader changes = kafka.readFromBeginning(Topic.DIRECTORY_DELTA.topicName())) {
            PeerDirectory standing = directory(changes.awaitKey("directory"));
            long version = run.current.edition(enforcer("/directory")).orElseThrow().version();
            kafka.writeObject(
                    Topic.PROCESSING_UNIT_CHANGED.topicName(),
                    "/directory",
                    "other",
                    States.unit("other", "/directory", "", "10.0.0.2"));

            PeerDirectory change =
                    directory(
                            changes.await(record ->
                                    record.key().equals("directory")
                                            && directory(record).getOwnersCount() > 0));
            assertThat(change.getBaseDigest()).isEqualTo(standing.getDigest());
            assertThat(change.getVersion()).isGreaterThan(standing.getVersion());
            assertThat(change.getOwners(0).getProcessingUnitId()).isEqualTo("other");
            assertThat(run.directories.of("directory").orElseThrow().digest())
                    .isEqualTo(change.getDigest());
            run.progress.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(run.current.edition(enforcer("/directory")).orElseThrow().version())
                    .isEqualTo(version);
        }
    }

    @Test
    void itIsKnownWhenEverythingAnnouncedIsCompiled() throws Exception {
        registerHost("/progress");
        for (int revision = 1; revision <= 20; revision++) {
            String name = "progress-" + revision;
            kafka.writeObject(
                    Topic.RULESET_CHANGED.topicName(),
                    "/progress",
                    name,
                    States.ruleset(
                            name,
                            1,
                            "/progress",
                            "{'subject':[['app=web']],'incomingRules':[{'object':[['app=web']],'protocolPorts':['tcp/%d']}]}"
                                    .formatted(8_000 + revision)));
            run.progress.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(run.current.of(enforcer("/progress")).orElseThrow().getTextList())
                    .contains(name);
        }
    }

    private void registerHost(String tenant) {
        kafka.writeObject(
                Topic.ENFORCER_CHANGED.topicName(),
                tenant,
                enforcer(tenant),
                States.enforcer(enforcer(tenant), tenant));
        kafka.writeObject(
                Topic.PROCESSING_UNIT_CHANGED.topicName(),
                tenant,
                "unit" + tenant,
                States.unit("unit" + tenant, tenant, enforcer(tenant), "10.0.0.1"));
    }

    private void ruleset(String tenant, long revision, String action) {
        kafka.writeObject(
                Topic.RULESET_CHANGED.topicName(),
                tenant,
                "rules" + tenant,
                States.ruleset(
                        "rules" + tenant,
                        revision,
                        tenant,
                        "{'name':'rules','subject':[['app=web']],'incomingRules':[{'action':'%s','object':[['app=web']]}]}"
                                .formatted(action)));
    }

    private PolicySnapshot awaitRuleset(TopicReader deltas, String tenant) {
        return policy(
                deltas.await(record ->
                        record.key().equals(enforcer(tenant))
                                && policy(record).getTextList().contains("rules" + tenant)));
    }

    private PeerDirectory directory(ConsumerRecord<String, byte[]> record) {
        try {
            SignedDirectory signed = SignedDirectory.parseFrom(record.value());
            assertThat(
                            Signatures.verify(
                                    Signatures.DIRECTORY,
                                    Pem.certificate(signed.getCertificate().toByteArray()),
                                    signed.getContent().toByteArray(),
                                    signed.getSignature().toByteArray()))
                    .isTrue();
            return PeerDirectory.parseFrom(signed.getContent());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /// Verified as an enforcer does it.
    private PolicySnapshot policy(ConsumerRecord<String, byte[]> delta) {
        try {
            SignedPolicy signed = SignedPolicy.parseFrom(delta.value());
            CertificateCheck check =
                    new TrustedCertificates(
                                    Pem.readCertificate(folder.authority()), Clock.systemUTC())
                            .verify(signed.getCertificate().toByteArray());
            assertThat(check).isInstanceOf(CertificateCheck.Trusted.class);
            X509Certificate signer = Pem.certificate(signed.getCertificate().toByteArray());
            assertThat(signer.getSubjectX500Principal().getName())
                    .contains("CN=" + Principal.POLICY_SERVICE.commonName());
            assertThat(
                            Signatures.verify(
                                    signed.getIsDelta()
                                            ? Signatures.POLICY_DELTA
                                            : Signatures.POLICY,
                                    signer,
                                    signed.getContent().toByteArray(),
                                    signed.getSignature().toByteArray()))
                    .isTrue();
            PolicySnapshot policy = signed.getIsDelta() ? led(signed) : whole(signed);
            seen.put(policy.getDigest(), policy);
            return policy;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static PolicySnapshot whole(SignedPolicy signed) throws InvalidProtocolBufferException {
        return PolicySnapshot.parseFrom(signed.getContent());
    }

    private PolicySnapshot led(SignedPolicy signed) throws InvalidProtocolBufferException {
        PolicyDelta delta = PolicyDelta.parseFrom(signed.getContent());
        PolicySnapshot base = seen.get(delta.getBaseDigest());
        assertThat(base).as("what the delta leads on from").isNotNull();
        return PolicyDeltas.apply(base, delta).orElseThrow();
    }

    private static String enforcer(String tenant) {
        return "enforcer" + tenant;
    }

    /// One life of the service.
    private final class Run {
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final CurrentPolicies current = new CurrentPolicies();
        private final CurrentDirectories directories = new CurrentDirectories();
        private final EnforcerReceipts receipts = new EnforcerReceipts();
        private final Map<String, Object> settings = kafka.settingsOf(Principal.POLICY_SERVICE);
        private final WorldProgress progress = new WorldProgress(settings);
        private final ReceiptPublisher receiptPublisher =
                ReceiptPublishers.of(settings, receipts, meters);
        private final PolicyOutlet publisher =
                Publishers.of(settings, folder, current, directories, meters);
        private final WorldFeed feed =
                new WorldFeed(
                        settings,
                        "console",
                        publisher,
                        new LiveWorld(),
                        receipts,
                        new Convergence(meters),
                        new InventoryFreshness(meters),
                        current,
                        directories,
                        new AllShares(),
                        progress,
                        meters);

        void publish(String enforcerId, PolicyReceipt receipt) throws Exception {
            receiptPublisher
                    .publish(enforcerId, receipt)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }

        boolean holds(String enforcerId, PolicyReceipt receipt) {
            return receipts.of(enforcerId)
                    .filter(known -> known.getReceipt().equals(receipt))
                    .isPresent();
        }

        void start() {
            feed.start(new StartupEvent());
            await().atMost(PATIENCE).until(() -> feed.trouble().isEmpty());
        }

        void stop() throws InterruptedException {
            feed.stop(new ShutdownEvent());
            progress.stop(new ShutdownEvent());
            ReceiptPublishers.stop(receiptPublisher);
            Publishers.stop(publisher);
        }
    }

    private static final class AllShares implements Shares {
        @Override
        public void join() {}

        @Override
        public String trouble() {
            return "";
        }

        @Override
        public Share mine() {
            return Share.ALL;
        }
    }
}
