package io.ringfence.policy.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.policy.world.States;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two real processes of the service beside each other, with sixty enforcers of one tenant.
class SharesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TENANT = "/shared";
    private static final List<String> ENFORCERS =
            IntStream.range(0, 60).mapToObj(number -> "shared-" + number).toList();
    private static final TestKafka KAFKA = TestKafka.of(TestInstallation.get());
    private static final Instance ONE = new Instance("one", Principal.POLICY_SERVICE);
    private static final Instance TWO = new Instance("two", Principal.METRICS_SERVICE);

    private static long revision = 1;

    @BeforeAll
    static void startBoth() {
        for (String enforcer : ENFORCERS) {
            KAFKA.writeObject(
                    Topic.ENFORCER_CHANGED.topicName(),
                    TENANT,
                    enforcer,
                    States.enforcer(enforcer, TENANT));
            unit("unit-" + enforcer, enforcer, ENFORCERS.indexOf(enforcer));
        }
        CompletableFuture<Void> two = CompletableFuture.runAsync(TWO::start);
        ONE.start();
        two.join();
        awaitBoth();
    }

    @AfterAll
    static void stopBoth() throws InterruptedException {
        ONE.stop();
        TWO.stop();
    }

    @Test
    void eachEnforcerIsSentEachChangeOnceAndBothKnowAllOfThem() {
        try (TopicReader sent = KAFKA.readFromEnd(Topic.POLICY_DELTA.topicName())) {
            rulesets("Reject");
            Map<String, PolicySnapshot> standing = awaitSame(8_000 + revision);
            Map<String, Integer> times = new HashMap<>();
            for (ConsumerRecord<String, byte[]> record : sent.readToEnd()) {
                if (digest(record).equals(digestOf(standing, record.key()))) {
                    times.merge(record.key(), 1, Integer::sum);
                }
            }
            assertThat(times).containsOnlyKeys(ENFORCERS).allSatisfy((_, n) -> once(n));
        }
    }

    private static void once(int times) {
        assertThat(times).isEqualTo(1);
    }

    @Test
    void aDirectoryIsSentOnce() {
        try (TopicReader sent = KAFKA.readFromEnd(Topic.DIRECTORY_DELTA.topicName())) {
            unit("newcomer", "", 200);
            sent.await(record -> names(record, "newcomer"));
            // Whoever sends it twice has done so before it has compiled what comes after.
            rulesets("Reject");
            awaitSame(8_000 + revision);
            assertThat(sent.readToEnd().stream().filter(record -> names(record, "newcomer")))
                    .hasSize(1);
        }
    }

    /// Changes go on while one is killed: those of its share reach everybody without it, nothing is
    /// sent again when it comes back, and nobody is numbered backwards.
    @Test
    void aKillMovesTheShareAndLosesNothing() throws Exception {
        rulesets("Allow");
        Map<String, PolicySnapshot> before = awaitSame(8_000 + revision);
        try (TopicReader announced = KAFKA.readFromEnd(Topic.POLICY_COMPILED.topicName());
                TopicReader sent = KAFKA.readFromEnd(Topic.POLICY_DELTA.topicName())) {
            CompletableFuture<Void> changes =
                    CompletableFuture.runAsync(
                            () -> IntStream.range(0, 20).forEach(_ -> rulesets("Allow")));
            ONE.kill();
            changes.join();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        Map<String, ByteString> latest = latest(announced, before);
                        for (String enforcer : ENFORCERS) {
                            PolicySnapshot policy = policy(TWO, enforcer);
                            assertThat(speaksOf(policy, 8_000 + revision)).isTrue();
                            assertThat(latest).containsEntry(enforcer, policy.getDigest());
                        }
                    });
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(TWO.share()).isEqualTo(1));

            int times = sent.readToEnd().size();
            ONE.start();
            awaitBoth();
            awaitSame(8_000 + revision);
            assertThat(sent.readToEnd()).hasSize(times);
        }
    }

    /// The digests announced last. Versions must have risen with each.
    private static Map<String, ByteString> latest(
            TopicReader announced, Map<String, PolicySnapshot> before)
            throws InvalidProtocolBufferException {
        Map<String, ByteString> latest = new HashMap<>();
        Map<String, Long> versions = new HashMap<>();
        before.forEach((id, policy) -> versions.put(id, policy.getVersion()));
        for (ConsumerRecord<String, byte[]> record : announced.readToEnd()) {
            CompiledPolicy policy = CompiledPolicy.parseFrom(record.value());
            assertThat(policy.getVersion()).isGreaterThan(versions.getOrDefault(record.key(), 0L));
            versions.put(record.key(), policy.getVersion());
            latest.put(record.key(), policy.getDigest());
        }
        return latest;
    }

    private static void awaitBoth() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertThat(ONE.share()).isEqualTo(0.5);
                    assertThat(TWO.share()).isEqualTo(0.5);
                });
    }

    /// The policies of all, once either instance gives the same to whoever asks.
    private static Map<String, PolicySnapshot> awaitSame(long port) {
        Map<String, PolicySnapshot> standing = new HashMap<>();
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    for (String enforcer : ENFORCERS) {
                        PolicySnapshot policy = policy(ONE, enforcer);
                        assertThat(speaksOf(policy, port)).isTrue();
                        assertThat(TWO.policy(enforcer)).contains(policy);
                        standing.put(enforcer, policy);
                    }
                });
        return standing;
    }

    private static PolicySnapshot policy(Instance instance, String enforcer) {
        Optional<PolicySnapshot> policy = instance.policy(enforcer);
        assertThat(policy).as("policy of %s", enforcer).isPresent();
        return policy.orElseThrow();
    }

    private static boolean speaksOf(PolicySnapshot policy, long port) {
        return policy.getProcessingUnits(0).getIncoming().getClassesList().stream()
                .flatMap(each -> each.getProgramList().stream())
                .anyMatch(rule -> rule.getPortLow() == port);
    }

    /// Of all units, and different each time.
    private static synchronized void rulesets(String action) {
        revision++;
        KAFKA.writeObject(
                Topic.RULESET_CHANGED.topicName(),
                TENANT,
                "rules-of-all",
                States.ruleset(
                        "rules-of-all",
                        revision,
                        TENANT,
                        "{'subject':[['app=web']],'incomingRules':[{'action':'%s','object':[['app=web']],'protocolPorts':['tcp/%d']}]}"
                                .formatted(action, 8_000 + revision)));
    }

    private static void unit(String id, String enforcer, int number) {
        KAFKA.writeObject(
                Topic.PROCESSING_UNIT_CHANGED.topicName(),
                TENANT,
                id,
                States.unit(id, TENANT, enforcer, "10.0.0." + (number + 1)));
    }

    private static ByteString digestOf(Map<String, PolicySnapshot> policies, String enforcer) {
        PolicySnapshot policy = policies.get(enforcer);
        return policy == null ? ByteString.EMPTY : policy.getDigest();
    }

    private static ByteString digest(ConsumerRecord<String, byte[]> record) {
        try {
            SignedPolicy signed = SignedPolicy.parseFrom(record.value());
            return signed.getIsDelta()
                    ? PolicyDelta.parseFrom(signed.getContent()).getDigest()
                    : PolicySnapshot.parseFrom(signed.getContent()).getDigest();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean names(ConsumerRecord<String, byte[]> record, String unitId) {
        try {
            return PeerDirectory.parseFrom(SignedDirectory.parseFrom(record.value()).getContent())
                    .getOwnersList()
                    .stream()
                    .anyMatch(owner -> owner.getProcessingUnitId().equals(unitId));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
