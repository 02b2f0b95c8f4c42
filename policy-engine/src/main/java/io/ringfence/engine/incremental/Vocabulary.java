package io.ringfence.engine.incremental;

import io.ringfence.contracts.tag.TagExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The terms of one tenant's expressions. A term that nothing asks for any more stays known until
/// [#forgetUnused], so that what units remember stays right.
final class Vocabulary {
    private static final int MANY = 1024;

    private final List<@Nullable Term> terms = new ArrayList<>();
    private final Numbers numbers = new Numbers();
    private final Map<String, Term> exact = new HashMap<>();
    private final Map<String, Term> byPrefix = new HashMap<>();
    private int[] prefixLengths = {};
    private int used;
    private int[] found = new int[32];

    Term term(int id) {
        return Objects.requireNonNull(terms.get(id));
    }

    /// Counts one use more. Whether it is new shows in [#size].
    Term use(String text) {
        boolean prefix = TagExpression.isPrefix(text);
        Term term =
                prefix
                        ? byPrefix.computeIfAbsent(TagExpression.prefixOf(text), _ -> add(text))
                        : exact.computeIfAbsent(text, _ -> add(text));
        if (prefix) {
            measurePrefixes();
        }
        if (term.uses++ == 0) {
            used++;
        }
        return term;
    }

    void release(Term term) {
        if (--term.uses == 0) {
            used--;
        }
    }

    int size() {
        return exact.size() + byPrefix.size();
    }

    boolean isMostlyUnused() {
        return size() > MANY && used < size() / 2;
    }

    /// The units' terms have to be asked for again after this: numbers are given anew.
    void forgetUnused() {
        for (Term term : List.copyOf(exact.values())) {
            forgetIfUnused(term, exact, term.text);
        }
        for (Map.Entry<String, Term> begun : List.copyOf(byPrefix.entrySet())) {
            forgetIfUnused(begun.getValue(), byPrefix, begun.getKey());
        }
        measurePrefixes();
    }

    private void forgetIfUnused(Term term, Map<String, Term> known, String key) {
        if (term.uses == 0) {
            known.remove(key);
            terms.set(term.id, null);
            numbers.takeBack(term.id);
        }
    }

    /// Tells a unit which terms its tags meet, old and new ones.
    void tell(Unit unit) {
        int[] terms = of(unit.state.tags());
        count(unit.terms, terms);
        unit.meet(terms);
    }

    /// That a unit meets other terms than before.
    void count(int[] before, int[] after) {
        int old = 0;
        int now = 0;
        while (old < before.length || now < after.length) {
            if (now == after.length || old < before.length && before[old] < after[now]) {
                Term lost = terms.get(before[old++]);
                if (lost != null) {
                    lost.units--;
                }
            } else if (old == before.length || after[now] < before[old]) {
                term(after[now++]).units++;
            } else {
                old++;
                now++;
            }
        }
    }

    /// The terms that these tags meet.
    int[] of(Set<String> tags) {
        int count = 0;
        for (String tag : tags) {
            count = find(tag, count);
        }
        return SortedInts.of(found, count);
    }

    /// Appends what a tag meets to what was found.
    private int find(String tag, int already) {
        int count = already;
        if (count + 1 + prefixLengths.length > found.length) {
            found = Arrays.copyOf(found, 2 * found.length + prefixLengths.length);
        }
        Term term = exact.get(tag);
        if (term != null) {
            found[count++] = term.id;
        }
        for (int length : prefixLengths) {
            if (length > tag.length()) {
                break;
            }
            Term begun = byPrefix.get(tag.substring(0, length));
            if (begun != null) {
                found[count++] = begun.id;
            }
        }
        return count;
    }

    private Term add(String text) {
        int number = numbers.give();
        if (number == terms.size()) {
            terms.add(null);
        }
        Term term = new Term(number, text);
        terms.set(number, term);
        return term;
    }

    private void measurePrefixes() {
        prefixLengths =
                byPrefix.keySet().stream().mapToInt(String::length).distinct().sorted().toArray();
    }
}
