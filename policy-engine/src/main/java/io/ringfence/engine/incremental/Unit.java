package io.ringfence.engine.incremental;

import io.ringfence.engine.ProcessingUnit;
import org.jspecify.annotations.Nullable;

/// A running processing unit, and what follows from its tags.
final class Unit {
    final Tenant tenant;
    final int slot;
    ProcessingUnit state;
    @Nullable Enforcer enforcer;

    /// Numbers of the terms its tags meet.
    int[] terms = SortedInts.NONE;

    /// The terms as a filter.
    long bits;

    /// Numbers of the groups it is in.
    int[] groups = SortedInts.NONE;

    /// The rulesets that reach it and whose subject it meets, fallbacks included.
    Rulesets candidates = Rulesets.NONE;

    /// Those of them that apply, as its enforcer uses them; none while nothing enforces for it.
    Rulesets applying = Rulesets.NONE;

    /// How many addresses it owns.
    int owned;

    /// What applies to it is to be decided again.
    boolean unsettled;

    /// What its tags will meet once its groups have been looked up again; null: they need not be.
    int @Nullable [] termsToCome;

    Unit(Tenant tenant, int slot, ProcessingUnit state) {
        this.tenant = tenant;
        this.slot = slot;
        this.state = state;
    }

    void meet(int[] others) {
        terms = others;
        bits = SortedInts.bits(others);
    }
}
