package io.ringfence.policy.enforcement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.enforcement.RevisionBarrier.Reached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/// The answer, for programs and, in one sentence, for people.
final class StatusAnswer {
    /// Of more than these, somebody would look at the enforcers themselves.
    static final int MOST_UNSETTLED = 100;

    private final String namespace;
    private final long revision;
    private final Reached reached;
    private final Map<ConcernedEnforcer, Standing> standings;

    StatusAnswer(
            String namespace,
            long revision,
            Reached reached,
            Map<ConcernedEnforcer, Standing> standings) {
        this.namespace = namespace;
        this.revision = revision;
        this.reached = reached;
        this.standings = standings;
    }

    ObjectNode json() {
        ObjectNode answer =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("namespace", namespace)
                        .put("revision", revision)
                        .put("status", status())
                        .put("total", standings.size())
                        .put("enforced", count(Standing.Enforced.class))
                        .put("pending", count(Standing.Pending.class))
                        .put("unreachable", count(Standing.Unreachable.class))
                        .put("refused", count(Standing.Refused.class))
                        .put("text", text());
        slowest()
                .ifPresent(slow ->
                        answer.set(
                                "slowest",
                                named(slow.enforcer())
                                        .put("milliseconds", slow.delivery().toMillis())));
        answer.set("unsettled", unsettled());
        return answer;
    }

    private String status() {
        return switch (reached) {
            case STORED -> "Announcing";
            case ANNOUNCED -> "Compiling";
            case COMPILED -> {
                if (count(Standing.Pending.class) > 0) {
                    yield "Delivering";
                }
                yield count(Standing.Refused.class) > 0 ? "Refused" : "Enforced";
            }
        };
    }

    private String text() {
        return switch (reached) {
            case STORED -> "revision %d is stored and not announced yet".formatted(revision);
            case ANNOUNCED -> "revision %d is announced and not compiled yet".formatted(revision);
            case COMPILED -> counts();
        };
    }

    private String counts() {
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "revision %d enforced on %,d of %,d",
                                revision,
                                count(Standing.Enforced.class),
                                standings.size()));
        add(text, count(Standing.Pending.class), "pending");
        add(text, count(Standing.Unreachable.class), "unreachable");
        add(text, count(Standing.Refused.class), "refused");
        slowest()
                .ifPresent(slow ->
                        text.append("; slowest ")
                                .append(slow.enforcer().shown())
                                .append(", ")
                                .append(shown(slow.delivery())));
        return text.toString();
    }

    private static void add(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append(String.format(Locale.ROOT, ", %,d %s", count, what));
        }
    }

    private static String shown(Duration duration) {
        return duration.toMillis() < 1_000
                ? duration.toMillis() + " ms"
                : String.format(Locale.ROOT, "%,.1f s", duration.toMillis() / 1_000.0);
    }

    private int count(Class<? extends Standing> standing) {
        return (int) standings.values().stream().filter(standing::isInstance).count();
    }

    private record Slow(ConcernedEnforcer enforcer, Duration delivery) {}

    private Optional<Slow> slowest() {
        List<Slow> all = new ArrayList<>();
        standings.forEach((enforcer, standing) -> {
            if (standing instanceof Standing.Enforced(Optional<Duration> delivery)) {
                delivery.ifPresent(each -> all.add(new Slow(enforcer, each)));
            }
        });
        return all.stream().max(Comparator.comparing(Slow::delivery));
    }

    private ArrayNode unsettled() {
        ArrayNode unsettled = JsonNodeFactory.instance.arrayNode();
        standings.entrySet().stream()
                .filter(each -> !(each.getValue() instanceof Standing.Enforced))
                .sorted(
                        Comparator.<Entry<ConcernedEnforcer, Standing>>comparingInt(
                                        each -> urgency(each.getValue()))
                                .thenComparing(each -> each.getKey().shown()))
                .limit(MOST_UNSETTLED)
                .forEach(each -> unsettled.add(unsettled(each.getKey(), each.getValue())));
        return unsettled;
    }

    private static int urgency(Standing standing) {
        return switch (standing) {
            case Standing.Refused _ -> 0;
            case Standing.Pending _ -> 1;
            case Standing.Unreachable _ -> 2;
            case Standing.Enforced _ -> 3;
        };
    }

    private static ObjectNode unsettled(ConcernedEnforcer enforcer, Standing standing) {
        ObjectNode shown = named(enforcer);
        switch (standing) {
            case Standing.Refused(long version, String error) ->
                    shown.put("status", "Refused").put("version", version).put("error", error);
            case Standing.Pending(long version) ->
                    shown.put("status", "Pending").put("version", version);
            case Standing.Unreachable(long version) ->
                    shown.put("status", "Unreachable").put("version", version);
            case Standing.Enforced _ -> shown.put("status", "Enforced");
        }
        return shown;
    }

    private static ObjectNode named(ConcernedEnforcer enforcer) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ID", enforcer.id())
                .put("name", enforcer.name())
                .put("namespace", enforcer.namespace());
    }
}
