package io.ringfence.gateway.authorize;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Some verbs on one identity, or on every one (`*`).
record Grant(String identity, Set<Verb> verbs) {
    static final String ANY = "*";

    Grant {
        verbs = Set.copyOf(verbs);
    }

    static Grant of(String identity, Verb... verbs) {
        return new Grant(identity, Set.of(verbs));
    }

    static Grant all(String identity) {
        return new Grant(identity, EnumSet.allOf(Verb.class));
    }

    /// Reads `identity,verb[,verb…]`; the verb may be `*`. Empty for anything else, which then
    /// grants nothing.
    static Optional<Grant> parse(String line) {
        List<String> words = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
        if (words.size() < 2 || words.getFirst().isEmpty()) {
            return Optional.empty();
        }
        List<String> verbWords = words.subList(1, words.size());
        if (verbWords.equals(List.of(ANY)) || verbWords.equals(List.of("any"))) {
            return Optional.of(all(words.getFirst()));
        }
        Set<Verb> verbs =
                verbWords.stream()
                        .flatMap(word -> Verb.named(word).stream())
                        .collect(Collectors.toSet());
        return verbs.isEmpty() ? Optional.empty() : Optional.of(new Grant(words.getFirst(), verbs));
    }

    boolean allows(String wanted, Verb verb) {
        return (identity.equals(ANY) || identity.equals(wanted)) && verbs.contains(verb);
    }

    /// What both allow.
    Optional<Grant> and(Grant other) {
        boolean meet =
                identity.equals(other.identity)
                        || identity.equals(ANY)
                        || other.identity.equals(ANY);
        Set<Verb> common = verbs.stream().filter(other.verbs::contains).collect(Collectors.toSet());
        if (!meet || common.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Grant(identity.equals(ANY) ? other.identity : identity, common));
    }

    /// `identity,verb` once per verb; `identity,*` for all of them.
    Stream<String> lines() {
        return verbs.size() == Verb.values().length
                ? Stream.of(identity + "," + ANY)
                : verbs.stream().map(verb -> identity + "," + verb.word());
    }
}
