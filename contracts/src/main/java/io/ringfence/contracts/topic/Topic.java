package io.ringfence.contracts.topic;

import static io.ringfence.contracts.topic.Principal.ENFORCER;
import static io.ringfence.contracts.topic.Principal.FLOW_INGEST_SERVICE;
import static io.ringfence.contracts.topic.Principal.GATEWAY;
import static io.ringfence.contracts.topic.Principal.IDENTITY_SERVICE;
import static io.ringfence.contracts.topic.Principal.METRICS_SERVICE;
import static io.ringfence.contracts.topic.Principal.POLICY_SERVICE;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Every topic there is.
///
/// Keys are UTF-8 text, values protobuf. Each topic that services read has a dead letter topic
/// beside it, written by its readers, where an unreadable record goes with its reason in the
/// headers [#REASON_HEADER], [#ORIGIN_HEADER].
public enum Topic {
    /// Key: enforcer id. Value: `SignedFlowBatch`.
    FLOW_OBSERVED(
            "flow.observed.v1",
            Cleanup.DELETE,
            Set.of(ENFORCER),
            Set.of(FLOW_INGEST_SERVICE),
            Duration.ofDays(7)),
    /// Key: enforcer id. Value: `SignedEnforcerReport`.
    ENFORCER_REPORT(
            "enforcer.report.v1",
            Cleanup.DELETE,
            Set.of(ENFORCER),
            Set.of(FLOW_INGEST_SERVICE, METRICS_SERVICE),
            Duration.ofDays(7)),
    /// Key: object id. Value: `ObjectState`, or a tombstone. The same holds for all the changed
    /// topics.
    NAMESPACE_CHANGED(
            "namespace.changed.v1",
            Set.of(IDENTITY_SERVICE),
            Set.of(IDENTITY_SERVICE, POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    AUTHORIZATION_CHANGED(
            "authorization.changed.v1",
            Set.of(IDENTITY_SERVICE),
            Set.of(IDENTITY_SERVICE, POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    PROCESSING_UNIT_CHANGED(
            "processingunit.changed.v1",
            Set.of(POLICY_SERVICE),
            Set.of(POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    RULESET_CHANGED(
            "ruleset.changed.v1",
            Set.of(POLICY_SERVICE),
            Set.of(POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    EXTERNAL_NETWORK_CHANGED(
            "externalnetwork.changed.v1",
            Set.of(POLICY_SERVICE),
            Set.of(POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    ENFORCER_CHANGED(
            "enforcer.changed.v1",
            Set.of(POLICY_SERVICE),
            Set.of(POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    /// Enforcer profiles, host services, and the policies that give them to enforcers.
    ENFORCER_PROFILE_CHANGED(
            "enforcerprofile.changed.v1",
            Set.of(POLICY_SERVICE),
            Set.of(POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    NAMESPACE_MAPPING_CHANGED(
            "namespacemapping.changed.v1",
            Set.of(POLICY_SERVICE),
            Set.of(POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    /// Services, HTTP resource specifications, service dependencies and token scopes.
    SERVICE_CHANGED(
            "service.changed.v1",
            Set.of(POLICY_SERVICE),
            Set.of(POLICY_SERVICE, METRICS_SERVICE, GATEWAY)),
    /// Key: namespace. Value: `AuditRecord`. In a tenant's order; what `/events` is fed from.
    AUDIT_RECORDED(
            "audit.recorded.v1",
            Cleanup.DELETE,
            Set.of(IDENTITY_SERVICE, POLICY_SERVICE),
            Set.of(GATEWAY, METRICS_SERVICE),
            Duration.ofDays(30)),
    /// Key: enforcer id. Value: `CompiledPolicy`.
    POLICY_COMPILED("policy.compiled.v1", Set.of(POLICY_SERVICE), Set.of(POLICY_SERVICE, GATEWAY)),
    /// Key: enforcer id. Value: `EnforcerReceipt`, or a tombstone when the enforcer is gone.
    POLICY_RECEIPT("policy.receipt.v1", Set.of(POLICY_SERVICE), Set.of(POLICY_SERVICE)),
    /// Key: enforcer id. Value: `SignedPolicy`, whole or a delta.
    POLICY_DELTA(
            "policy.delta.v1",
            Cleanup.DELETE,
            Set.of(POLICY_SERVICE),
            Set.of(GATEWAY),
            Duration.ofHours(1)),
    /// Key: tenant. Value: `SignedDirectory`: a change, or, with equal digests, which one stands.
    DIRECTORY_DELTA(
            "directory.delta.v1",
            Cleanup.DELETE,
            Set.of(POLICY_SERVICE),
            Set.of(GATEWAY),
            Duration.ofHours(1));

    public static final String DEAD_LETTER_SUFFIX = ".dlq";

    /// Header of a dead letter: why it was refused, one sentence.
    public static final String REASON_HEADER = "ringfence-reason";

    /// Header of a dead letter: `topic/partition/offset` it came from.
    public static final String ORIGIN_HEADER = "ringfence-origin";

    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(14);

    private final String topicName;
    private final Cleanup cleanup;
    private final Set<Principal> writers;
    private final Set<Principal> readers;
    private final Duration kept;

    Topic(String topicName, Set<Principal> writers, Set<Principal> readers) {
        this(topicName, Cleanup.COMPACT, writers, readers, Duration.ZERO);
    }

    Topic(
            String topicName,
            Cleanup cleanup,
            Set<Principal> writers,
            Set<Principal> readers,
            Duration kept) {
        this.topicName = topicName;
        this.cleanup = cleanup;
        this.writers = writers;
        this.readers = readers;
        this.kept = kept;
    }

    public String topicName() {
        return topicName;
    }

    /// The topic its readers put unreadable records on. Kept for 14 days.
    public String deadLetterName() {
        return topicName + DEAD_LETTER_SUFFIX;
    }

    public Cleanup cleanup() {
        return cleanup;
    }

    public Set<Principal> writers() {
        return writers;
    }

    public Set<Principal> readers() {
        return readers;
    }

    /// How long records stay; meaningless for compacted topics.
    public Duration kept() {
        return kept;
    }

    public static Duration deadLettersKept() {
        return DEAD_LETTERS_KEPT;
    }

    public static Optional<Topic> named(String topicName) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(topicName))
                .findFirst();
    }

    /// Kafka's `cleanup.policy`.
    public enum Cleanup {
        COMPACT,
        DELETE
    }
}
