package io.ringfence.policy.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.compile.PolicyOutlet;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/// Sends directories and policies at once, and policies' versions after the broker has them: so a
/// policy that was lost on the way is compiled as a new one when the service starts again. Versions
/// go out on a thread of their own, in order: the producer's thread, which tells of the
/// acknowledgement, must not wait for the producer.
@ApplicationScoped
class PolicyPublisher implements PolicyOutlet {
    private static final Logger LOG = Logger.getLogger(PolicyPublisher.class);

    private static final int LARGEST_CHANGE_BYTES = 256 << 10;
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final Set<Topic> GO_WITH_THE_ENFORCER =
            Set.of(Topic.POLICY_COMPILED, Topic.POLICY_RECEIPT);
    private static final int AFTER_COMPILING = Interceptor.Priority.APPLICATION + 1_000;

    private final PolicySigner signer;
    private final CurrentPolicies current;
    private final CurrentDirectories directories;
    private final DeltaChoice choice = new DeltaChoice();
    private final Producer<String, byte[]> producer;
    private final ExecutorService announcing =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("announce").factory());
    private final Counter published;
    private final Counter deltas;
    private final Counter directoriesPublished;
    private final Counter failed;

    PolicyPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            TrustConfig trust,
            CurrentPolicies current,
            CurrentDirectories directories,
            MeterRegistry meters) {
        this.signer = new PolicySigner(KeyAndCertificate.read(trust.certificate(), trust.key()));
        this.current = current;
        this.directories = directories;
        this.producer =
                new KafkaProducer<>(
                        producing(kafka), new StringSerializer(), new ByteArraySerializer());
        this.published = meters.counter("ringfence.policy.published", "outcome", "sent");
        this.deltas = meters.counter("ringfence.policy.published", "outcome", "delta");
        this.directoriesPublished = meters.counter("ringfence.policy.directories.published");
        this.failed = meters.counter("ringfence.policy.published", "outcome", "failed");
    }

    @Override
    public void publish(PolicySnapshot policy, boolean announced) {
        if (announced) {
            current.put(policy);
            return;
        }
        // Who is sent the same again did not get it, or not what leads to it.
        Optional<PolicySnapshot> before =
                current.kept(policy.getEnforcerId())
                        .filter(kept -> !kept.getDigest().equals(policy.getDigest()));
        current.put(policy);
        Optional<PolicyDelta> delta = choice.choose(before, policy);
        SignedPolicy signed = delta.map(signer::sign).orElseGet(() -> signer.sign(policy));
        send(
                Topic.POLICY_DELTA,
                policy.getEnforcerId(),
                signed.toByteArray(),
                () -> {
                    (signed.getIsDelta() ? deltas : published).increment();
                    announcing.execute(() -> announce(policy));
                });
    }

    @Override
    public void publish(PeerDirectory change, TenantDirectory directory) {
        keep(change.getTenant(), directory, change.getVersion(), change.getCompiledAtMs());
        send(
                Topic.DIRECTORY_DELTA,
                change.getTenant(),
                signer.sign(ofBoundedSize(change)).toByteArray(),
                directoriesPublished::increment);
    }

    @Override
    public void keep(
            String tenant, TenantDirectory directory, long version, long compiledAtMillis) {
        directories.put(
                tenant, new CurrentDirectories.Edition(directory, version, compiledAtMillis));
    }

    /// A change that is too large for a record only says what stands, and everybody fetches that.
    private static PeerDirectory ofBoundedSize(PeerDirectory change) {
        return change.getSerializedSize() <= LARGEST_CHANGE_BYTES
                ? change
                : change.toBuilder()
                        .clearOwners()
                        .clearRemoved()
                        .setBaseDigest(change.getDigest())
                        .build();
    }

    private void announce(PolicySnapshot policy) {
        CompiledPolicy compiled =
                CompiledPolicy.newBuilder()
                        .setEnforcerId(policy.getEnforcerId())
                        .setVersion(policy.getVersion())
                        .setDigest(policy.getDigest())
                        .setCompiledAtMs(policy.getCompiledAtMs())
                        .build();
        send(Topic.POLICY_COMPILED, policy.getEnforcerId(), compiled.toByteArray(), () -> {});
    }

    @Override
    public void release(String enforcerId) {
        current.release(enforcerId);
        choice.forget(enforcerId);
    }

    @Override
    public void withdraw(String enforcerId) {
        current.remove(enforcerId);
        choice.forget(enforcerId);
        announcing.execute(() -> forget(enforcerId));
    }

    private void forget(String enforcerId) {
        for (Topic topic : GO_WITH_THE_ENFORCER) {
            producer.send(new ProducerRecord<>(topic.topicName(), enforcerId, null));
        }
    }

    private void send(Topic topic, String key, byte[] value, Runnable then) {
        producer.send(
                new ProducerRecord<>(topic.topicName(), key, value),
                (_, failure) -> {
                    if (failure == null) {
                        then.run();
                    } else {
                        failed.increment();
                        LOG.errorf(
                                failure, "%s did not take what is for %s", topic.topicName(), key);
                    }
                });
    }

    /// Never gives up on a policy: the broker comes back, or the service ends and compiles again.
    private static Map<String, Object> producing(Map<String, Object> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        return config;
    }

    /// After the last policy was compiled. Gives up on a broker that does not answer; what it then
    /// lacks is compiled again at the next start.
    void stop(@Observes @Priority(AFTER_COMPILING) ShutdownEvent event)
            throws InterruptedException {
        Thread.ofVirtual().start(producer::flush).join(GOODBYE);
        announcing.shutdown();
        announcing.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        producer.close(GOODBYE);
    }
}
