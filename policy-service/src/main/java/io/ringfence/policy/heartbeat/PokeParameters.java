package io.ringfence.policy.heartbeat;

import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The query of a poke. Everything an enforcer of 5.0 sends is understood; what there is no use for
/// is checked and dropped.
final class PokeParameters {
    private static final Set<String> NUMBERS = Set.of("cpuload", "memory", "processes", "zhash");
    private static final Set<String> FLAGS = Set.of("forceFullPoke", "notify", "sessionClose");
    private static final Set<String> TEXTS = Set.of("sessionID", "version");
    private static final Set<String> ENFORCEMENT = Set.of("Active", "Failed", "Inactive");
    private static final int LONGEST_TEXT = 64;

    private final Map<String, List<String>> query;
    private final Set<String> statuses;

    private PokeParameters(Map<String, List<String>> query, Set<String> statuses) {
        this.query = query;
        this.statuses = statuses;
    }

    /// @param statuses values of `status`
    /// @throws ApiException 400 naming the first parameter that is not right
    static PokeParameters read(Map<String, List<String>> query, Set<String> statuses) {
        PokeParameters parameters = new PokeParameters(query, statuses);
        query.keySet()
                .forEach(name -> {
                    String value = parameters.text(name).orElse("");
                    if (!value.isEmpty()) {
                        parameters
                                .problem(name, value)
                                .ifPresent(problem -> {
                                    throw bad("Parameter '%s' %s".formatted(name, problem));
                                });
                    } else if (!parameters.isKnown(name)) {
                        throw bad("Parameter '%s' is not known here".formatted(name));
                    }
                });
        return parameters;
    }

    Optional<String> text(String name) {
        return query.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    boolean flag(String name) {
        return text(name).filter(value -> value.equals("true") || value.equals("1")).isPresent();
    }

    private boolean isKnown(String name) {
        return NUMBERS.contains(name)
                || FLAGS.contains(name)
                || TEXTS.contains(name)
                || Set.of("status", "enforcementStatus", "ts").contains(name);
    }

    private Optional<String> problem(String name, String value) {
        if (NUMBERS.contains(name)) {
            return problemUnless(value.matches("-?\\d{1,19}(\\.\\d{1,9})?"), "must be a number");
        }
        if (FLAGS.contains(name)) {
            return problemUnless(value.matches("true|false|1|0"), "must be true or false");
        }
        if (TEXTS.contains(name)) {
            return problemUnless(
                    value.length() <= LONGEST_TEXT,
                    "is longer than %d characters".formatted(LONGEST_TEXT));
        }
        return switch (name) {
            case "status" -> problemUnless(statuses.contains(value), oneOf(statuses));
            case "enforcementStatus" ->
                    problemUnless(ENFORCEMENT.contains(value), oneOf(ENFORCEMENT));
            case "ts" ->
                    problemUnless(
                            Times.normalized(value).isPresent(), "must be a time as in RFC 3339");
            default -> Optional.of("is not known here");
        };
    }

    private static Optional<String> problemUnless(boolean fine, String problem) {
        return fine ? Optional.empty() : Optional.of(problem);
    }

    private static String oneOf(Set<String> values) {
        return "must be one of " + String.join(", ", values.stream().sorted().toList());
    }

    private static ApiException bad(String sentence) {
        return Fault.badRequest(sentence).asException();
    }
}
