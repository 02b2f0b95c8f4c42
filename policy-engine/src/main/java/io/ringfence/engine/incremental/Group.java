package io.ringfence.engine.incremental;

import io.ringfence.contracts.tag.TagExpression;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/// The units of a tenant that an expression selects, by their slots. It is the expression that
/// makes it; its members come and go.
final class Group {
    final int id;
    final TagExpression expression;
    final List<Clause> clauses = new ArrayList<>(1);
    final RoaringBitmap members = new RoaringBitmap();
    final List<AttachedRuleset> subjectOf = new ArrayList<>(1);

    /// Those who enforce for a unit with a rule about it.
    final Users users = new Users();

    /// The terms of all clauses, as a filter.
    long bits;

    /// How many rules and subjects use it.
    int uses;

    Group(int id, TagExpression expression) {
        this.id = id;
        this.expression = expression;
    }

    void add(int[] terms) {
        clauses.add(new Clause(this, terms));
        bits |= SortedInts.bits(terms);
    }

    boolean selects(Unit unit) {
        for (Clause clause : clauses) {
            if (clause.holds(unit)) {
                return true;
            }
        }
        return false;
    }
}
