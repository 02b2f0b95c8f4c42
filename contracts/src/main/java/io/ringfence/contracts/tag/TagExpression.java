package io.ringfence.contracts.tag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `[[a,b],[c]]` = (a and b) or c, over normalized tags. A term is compared exactly; one that ends
/// in `*` matches by prefix. An expression without clauses matches nothing. Source: DESIGN §4.2.
public record TagExpression(List<List<String>> clauses) {
    /// Matches nothing.
    public static final TagExpression NOTHING = new TagExpression(List.of());

    private static final char WILDCARD = '*';

    public TagExpression {
        clauses = clauses.stream().map(List::copyOf).toList();
    }

    /// Refuses what could only be a mistake: a clause without terms, a term that no tag can equal,
    /// a term twice in one clause. Null (the attribute was not sent) is the empty expression.
    public static TagExpression parse(@Nullable List<? extends @Nullable List<String>> clauses) {
        if (clauses == null) {
            return NOTHING;
        }
        List<List<String>> checked = new ArrayList<>();
        for (List<String> clause : clauses) {
            if (clause == null || clause.isEmpty()) {
                throw new IllegalArgumentException(
                        "Every clause of a tag expression needs at least one tag: remove the empty"
                                + " []");
            }
            Set<String> seen = new HashSet<>();
            for (String term : clause) {
                checkTerm(term);
                if (!seen.add(term)) {
                    throw new IllegalArgumentException(
                            "Tag '%s' stands twice in one clause: remove one".formatted(term));
                }
            }
            checked.add(clause);
        }
        return new TagExpression(checked);
    }

    private static void checkTerm(@Nullable String term) {
        if (term == null) {
            throw new IllegalArgumentException(
                    "A tag expression holds tags as text: replace the null");
        }
        if (!isPrefix(term)) {
            Tag.parse(term);
            return;
        }
        LookAlikes.in(term)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException("Tag '%s' %s".formatted(term, problem));
                });
    }

    public boolean isEmpty() {
        return clauses.isEmpty();
    }

    public boolean matches(Set<String> tags) {
        for (List<String> clause : clauses) {
            if (holds(clause, tags)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a term matches by prefix instead of exactly.
    public static boolean isPrefix(String term) {
        return !term.isEmpty() && term.charAt(term.length() - 1) == WILDCARD;
    }

    /// What a tag must start with to match a term for which [#isPrefix] holds.
    public static String prefixOf(String term) {
        return term.substring(0, term.length() - 1);
    }

    private static boolean holds(List<String> clause, Set<String> tags) {
        for (String term : clause) {
            if (!holds(term, tags)) {
                return false;
            }
        }
        return !clause.isEmpty();
    }

    private static boolean holds(String term, Set<String> tags) {
        if (!isPrefix(term)) {
            return tags.contains(term);
        }
        String prefix = prefixOf(term);
        for (String tag : tags) {
            if (tag.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
