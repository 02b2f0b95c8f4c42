package io.ringfence.engine.incremental;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One conjunction of a group's expression.
final class Clause {
    final Group group;
    final int[] terms;
    final long bits;

    /// The term under which units find it.
    private @Nullable Term filedUnder;

    Clause(Group group, int[] terms) {
        this.group = group;
        this.terms = terms;
        this.bits = SortedInts.bits(terms);
    }

    boolean holds(Unit unit) {
        if ((bits & ~unit.bits) != 0) {
            return false;
        }
        for (int term : terms) {
            if (!SortedInts.contains(unit.terms, term)) {
                return false;
            }
        }
        return true;
    }

    /// Under the term that the fewest units meet: those look at it in vain.
    void file(Vocabulary vocabulary) {
        Term rarest = rarest(vocabulary);
        if (rarest != filedUnder) {
            unfile();
            filedUnder = rarest;
            rarest.file(this);
        }
    }

    void unfile() {
        if (filedUnder != null) {
            filedUnder.unfile(this);
            filedUnder = null;
        }
    }

    private Term rarest(Vocabulary vocabulary) {
        return IntStream.of(terms)
                .mapToObj(vocabulary::term)
                .min(Comparator.comparingInt(term -> term.units))
                .orElseThrow();
    }
}
