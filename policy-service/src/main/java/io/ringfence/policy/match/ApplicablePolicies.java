package io.ringfence.policy.match;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.contracts.schedule.Schedule;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.Filter.Value;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Which policies of a kind count for whoever has these tags in a namespace (DESIGN §4.3): those
/// there and those that ancestors propagate, enabled, inside their schedule and before their
/// expiry; fallback ones only if there is no other.
@ApplicationScoped
public class ApplicablePolicies {
    private final Resources resources;
    private final Clock clock;

    ApplicablePolicies(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    public Uni<List<ObjectNode>> of(
            String kind, String namespace, Set<String> tags, Transaction transaction) {
        return bySide(kind, "subject", namespace, tags, transaction)
                .map(found -> withoutNeedlessFallbacks(found, each -> true));
    }

    /// @param enforces whether a policy that is no fallback keeps the fallbacks out
    public static List<ObjectNode> withoutNeedlessFallbacks(
            List<ObjectNode> candidates, Predicate<ObjectNode> enforces) {
        boolean enforced =
                candidates.stream()
                        .anyMatch(
                                each -> !each.path("fallback").asBoolean() && enforces.test(each));
        return enforced
                ? candidates.stream().filter(each -> !each.path("fallback").asBoolean()).toList()
                : candidates;
    }

    /// Those whose subject, or object, matches; fallbacks included.
    public Uni<List<ObjectNode>> bySide(
            String kind, String side, String namespace, Set<String> tags, Transaction transaction) {
        return inForce(kind, namespace, transaction)
                .map(found ->
                        found.stream()
                                .filter(policy -> Tagged.matches(policy.path(side), tags))
                                .toList());
    }

    /// All that could count in a namespace.
    public Uni<List<ObjectNode>> inForce(String kind, String namespace, Transaction transaction) {
        Instant now = clock.instant();
        return transaction
                .list(
                        resources.identified(kind).orElseThrow(),
                        Selection.of(new Scope(namespace, false, true))
                                .where(
                                        new Filter.Compare(
                                                "disabled",
                                                Comparator.EQUAL,
                                                new Value.Bool(false))))
                .map(found -> found.stream().filter(policy -> isInForce(policy, now)).toList());
    }

    private static boolean isInForce(ObjectNode policy, Instant now) {
        String expiry = policy.path("expirationTime").asText("");
        if (!expiry.isEmpty() && !now.isBefore(Instant.parse(expiry))) {
            return false;
        }
        String begins = policy.path("activeSchedule").asText("");
        return begins.isEmpty()
                || Schedule.of(begins, GoDuration.parse(policy.path("activeDuration").asText("")))
                        .isActiveAt(now);
    }
}
