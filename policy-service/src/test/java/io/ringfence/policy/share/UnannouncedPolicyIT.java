package io.ringfence.policy.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.policy.world.States;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real process of the service is killed after it has sent policies and before it has announced
/// their versions: the broker takes its policies, and no announcements for a while.
class UnannouncedPolicyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AHEAD = Duration.ofHours(1);
    private static final TestKafka KAFKA = TestKafka.of(TestInstallation.get());
    private static final AclBinding NO_ANNOUNCEMENTS =
            new AclBinding(
                    new ResourcePattern(
                            ResourceType.TOPIC,
                            Topic.POLICY_COMPILED.topicName(),
                            PatternType.LITERAL),
                    new AccessControlEntry(
                            Principal.POLICY_SERVICE.kafkaName(),
                            "*",
                            AclOperation.WRITE,
                            AclPermissionType.DENY));

    private final Instance service = new Instance("killed", Principal.POLICY_SERVICE);
    private final TopicReader sent = KAFKA.readFromEnd(Topic.POLICY_DELTA.topicName());
    private final TopicReader announced = KAFKA.readFromEnd(Topic.POLICY_COMPILED.topicName());

    /// Which policy it is.
    private record Edition(long version, ByteString digest) {}

    @BeforeEach
    void start() {
        service.start();
    }

    @AfterEach
    void stop() throws Exception {
        letAnnounce();
        service.stop();
        sent.close();
        announced.close();
    }

    @Test
    void whatNobodySaysItHoldsIsSentAgainByAHigherNumberAndWhatIsHeldIsNot() throws Exception {
        register("/resent", "silent", "10.7.0.1");
        register("/resent", "holding", "10.7.0.2");
        Edition silent = sentAndNotAnnounced("/resent", "silent", "holding").getFirst();
        Edition holding = standing("holding");
        service.receive("holding", receipt(holding));

        service.kill();
        letAnnounce();
        service.start();

        Edition again = edition(awaitSent("silent", silent.version() + 1));
        assertThat(again.digest()).isEqualTo(silent.digest());
        awaitAnnounced("silent", again);
        assertThat(standing("silent")).isEqualTo(again);
        assertThat(standing("holding")).isEqualTo(holding);
        assertThat(sent.readToEnd())
                .filteredOn(record -> record.key().equals("holding"))
                .allMatch(record -> edition(record).version() <= holding.version());
    }

    /// Its numbers are ahead of the clock, so that the one that was lost is given again, to what
    /// has changed meanwhile. The enforcer takes no second policy by that number; its receipt
    /// tells.
    @Test
    void whoHoldsAnotherPolicyByTheNumberThatWasLostIsSentWhatStandsByAHigherOne()
            throws Exception {
        long ahead = System.currentTimeMillis() + AHEAD.toMillis();
        KAFKA.write(
                Topic.POLICY_RECEIPT.topicName(),
                "ahead",
                EnforcerReceipt.newBuilder()
                        .setEnforcerId("ahead")
                        .setReceipt(PolicyReceipt.newBuilder().setVersion(ahead))
                        .build()
                        .toByteArray());
        register("/ahead", "ahead", "10.7.1.1");
        Edition lost = sentAndNotAnnounced("/ahead", "ahead").getFirst();
        assertThat(lost.version()).isGreaterThan(ahead);

        service.kill();
        letAnnounce();
        ruleset("/ahead", 3);
        service.start();
        awaitPort("ahead", 3);
        service.receive("ahead", receipt(lost));

        Edition newest = edition(awaitSent("ahead", lost.version() + 1));
        assertThat(newest.digest()).isNotEqualTo(lost.digest());
        awaitAnnounced("ahead", newest);
        assertThat(standing("ahead")).isEqualTo(newest);
    }

    private static void register(String tenant, String enforcer, String address) {
        KAFKA.writeObject(
                Topic.ENFORCER_CHANGED.topicName(),
                tenant,
                enforcer,
                States.enforcer(enforcer, tenant));
        KAFKA.writeObject(
                Topic.PROCESSING_UNIT_CHANGED.topicName(),
                tenant,
                "unit-" + enforcer,
                States.unit("unit-" + enforcer, tenant, enforcer, address));
    }

    private static void ruleset(String tenant, long revision) {
        KAFKA.writeObject(
                Topic.RULESET_CHANGED.topicName(),
                tenant,
                "rules" + tenant,
                States.ruleset(
                        "rules" + tenant,
                        revision,
                        tenant,
                        "{'subject':[['app=web']],'incomingRules':[{'object':[['app=web']],'protocolPorts':['tcp/%d']}]}"
                                .formatted(port(revision))));
    }

    private static long port(long revision) {
        return 9_000 + revision;
    }

    /// What each has been sent last.
    private List<Edition> sentAndNotAnnounced(String tenant, String... enforcers) throws Exception {
        ruleset(tenant, 1);
        for (String enforcer : enforcers) {
            awaitPort(enforcer, 1);
            awaitAnnounced(enforcer, standing(enforcer));
        }
        try (Admin admin = Admin.create(KAFKA.settingsOfSuperuser())) {
            admin.createAcls(List.of(NO_ANNOUNCEMENTS)).all().get();
        }
        ruleset(tenant, 2);
        for (String enforcer : enforcers) {
            awaitPort(enforcer, 2);
            assertThat(edition(awaitSent(enforcer, standing(enforcer).version())))
                    .isEqualTo(standing(enforcer));
        }
        await().atMost(PATIENCE).until(() -> service.refused() >= enforcers.length);
        List<Edition> unannounced = List.of(enforcers).stream().map(this::standing).toList();
        assertThat(announced.readToEnd())
                .filteredOn(record -> List.of(enforcers).contains(record.key()))
                .extracting(UnannouncedPolicyIT::announcement)
                .doesNotContainAnyElementsOf(unannounced);
        return unannounced;
    }

    private static void letAnnounce() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(KAFKA.settingsOfSuperuser())) {
            admin.deleteAcls(List.of(NO_ANNOUNCEMENTS.toFilter())).all().get();
        }
    }

    private void awaitPort(String enforcer, long revision) {
        await().atMost(PATIENCE)
                .until(() ->
                        service.policy(enforcer)
                                .filter(policy -> speaksOf(policy, port(revision)))
                                .isPresent());
    }

    private static boolean speaksOf(PolicySnapshot policy, long port) {
        return policy.getProcessingUnits(0).getIncoming().getClassesList().stream()
                .flatMap(each -> each.getProgramList().stream())
                .anyMatch(rule -> rule.getPortLow() == port);
    }

    /// Of at least this version.
    private ConsumerRecord<String, byte[]> awaitSent(String enforcer, long version) {
        return sent.await(
                record -> record.key().equals(enforcer) && edition(record).version() >= version);
    }

    private void awaitAnnounced(String enforcer, Edition edition) {
        var unused =
                announced.await(record ->
                        record.key().equals(enforcer) && announcement(record).equals(edition));
    }

    private Edition standing(String enforcer) {
        Optional<PolicySnapshot> policy = service.policy(enforcer);
        assertThat(policy).as("policy of %s", enforcer).isPresent();
        return new Edition(policy.orElseThrow().getVersion(), policy.orElseThrow().getDigest());
    }

    private static PolicyReceipt receipt(Edition held) {
        return PolicyReceipt.newBuilder()
                .setVersion(held.version())
                .setDigest(held.digest())
                .build();
    }

    private static Edition announcement(ConsumerRecord<String, byte[]> record) {
        try {
            CompiledPolicy policy = CompiledPolicy.parseFrom(record.value());
            return new Edition(policy.getVersion(), policy.getDigest());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Edition edition(ConsumerRecord<String, byte[]> record) {
        try {
            SignedPolicy signed = SignedPolicy.parseFrom(record.value());
            if (signed.getIsDelta()) {
                PolicyDelta delta = PolicyDelta.parseFrom(signed.getContent());
                return new Edition(delta.getVersion(), delta.getDigest());
            }
            PolicySnapshot whole = PolicySnapshot.parseFrom(signed.getContent());
            return new Edition(whole.getVersion(), whole.getDigest());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
