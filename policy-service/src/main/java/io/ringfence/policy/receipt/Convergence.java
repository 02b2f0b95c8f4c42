package io.ringfence.policy.receipt;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How long it took from a change being stored until an enforcer acknowledged the policy that came
/// of it. A policy that is overtaken before it was acknowledged leaves its time to the one that
/// overtook it. Counted by the instance that sent the policy. For one thread, on which policies are
/// sent and receipts are read.
@ApplicationScoped
public class Convergence {
    /// Of the histograms' buckets.
    static final Duration[] LIMITS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1)
    };

    private final Map<String, Awaited> awaited = new HashMap<>();
    private final Timer duration;

    private record Awaited(ByteString digest, long changedAtMillis) {}

    public Convergence(MeterRegistry meters) {
        this.duration =
                Timer.builder("ringfence.policy.convergence")
                        .description(
                                "From a change being stored to an enforcer's acknowledgement of"
                                        + " what came of it")
                        .serviceLevelObjectives(LIMITS)
                        .register(meters);
    }

    /// @param changedAtMillis when the oldest change was stored that made the policy different
    public void sent(PolicySnapshot policy, long changedAtMillis) {
        awaited.merge(
                policy.getEnforcerId(),
                new Awaited(policy.getDigest(), changedAtMillis),
                (before, news) ->
                        new Awaited(
                                news.digest(),
                                Math.min(before.changedAtMillis(), news.changedAtMillis())));
    }

    public void acknowledged(EnforcerReceipt receipt) {
        Awaited policy = awaited.get(receipt.getEnforcerId());
        if (policy == null
                || !receipt.getReceipt().getError().isEmpty()
                || !receipt.getReceipt().getDigest().equals(policy.digest())) {
            return;
        }
        awaited.remove(receipt.getEnforcerId());
        duration.record(
                Duration.ofMillis(
                        Math.max(0, receipt.getReceivedAtMs() - policy.changedAtMillis())));
    }

    public void withdrawn(String enforcerId) {
        awaited.remove(enforcerId);
    }
}
