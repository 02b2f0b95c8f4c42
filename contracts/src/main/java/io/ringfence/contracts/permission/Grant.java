package io.ringfence.contracts.permission;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Some verbs on one identity, or on every one (`*`). Written `identity,verb[,verb…]`; the verb may
/// be `*` or `any`.
public record Grant(String identity, Set<Verb> verbs) {
    public static final String ANY = "*";

    public Grant {
        if (verbs.isEmpty()) {
            throw new IllegalArgumentException("a grant of no verb on " + identity);
        }
        verbs = Collections.unmodifiableSet(EnumSet.copyOf(verbs));
    }

    public static Grant of(String identity, Verb... verbs) {
        return new Grant(identity, Set.of(verbs));
    }

    public static Grant all(String identity) {
        return new Grant(identity, EnumSet.allOf(Verb.class));
    }

    /// Empty for a line that cannot be read, which then grants nothing.
    public static Optional<Grant> parse(String line) {
        List<String> words = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
        if (words.size() < 2 || words.getFirst().isEmpty()) {
            return Optional.empty();
        }
        Set<Verb> verbs = verbs(words.subList(1, words.size()));
        return verbs.isEmpty() ? Optional.empty() : Optional.of(new Grant(words.getFirst(), verbs));
    }

    static Set<Verb> verbs(List<String> words) {
        if (words.equals(List.of(ANY)) || words.equals(List.of("any"))) {
            return EnumSet.allOf(Verb.class);
        }
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        words.forEach(word -> Verb.named(word).ifPresent(verbs::add));
        return verbs;
    }
}
