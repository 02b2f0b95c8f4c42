package io.ringfence.engine.incremental;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A tag, or the beginning of one, that some expression of the tenant asks for.
final class Term {
    final int id;
    final String text;

    /// How many clauses hold it.
    int uses;

    /// How many units meet it.
    int units;

    /// The clauses that are looked for here, and beside each its bits: most are passed over for
    /// them.
    private @Nullable Clause[] filed = {};

    private long[] bits = {};
    private int count;

    Term(int id, String text) {
        this.id = id;
        this.text = text;
    }

    void file(Clause clause) {
        if (count == filed.length) {
            filed = Arrays.copyOf(filed, Math.max(2, 2 * count));
            bits = Arrays.copyOf(bits, filed.length);
        }
        filed[count] = clause;
        bits[count++] = clause.bits;
    }

    void unfile(Clause clause) {
        int place = 0;
        while (filed[place] != clause) {
            place++;
        }
        count--;
        filed[place] = filed[count];
        bits[place] = bits[count];
        filed[count] = null;
    }

    int filed() {
        return count;
    }

    long bitsOf(int place) {
        return bits[place];
    }

    Clause clause(int place) {
        return Objects.requireNonNull(filed[place]);
    }
}
