package io.ringfence.engine.incremental;

import io.ringfence.engine.Ruleset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A few attached rulesets in order of their numbers.
record Rulesets(AttachedRuleset[] inOrder) {
    static final Rulesets NONE = new Rulesets(new AttachedRuleset[0]);

    Rulesets with(AttachedRuleset one) {
        int place = placeOf(one);
        if (place < inOrder.length && inOrder[place] == one) {
            return this;
        }
        AttachedRuleset[] more = Arrays.copyOf(inOrder, inOrder.length + 1);
        more[place] = one;
        System.arraycopy(inOrder, place, more, place + 1, inOrder.length - place);
        return new Rulesets(more);
    }

    Rulesets without(AttachedRuleset one) {
        int place = placeOf(one);
        if (place == inOrder.length || inOrder[place] != one) {
            return this;
        }
        AttachedRuleset[] fewer = Arrays.copyOf(inOrder, inOrder.length - 1);
        System.arraycopy(inOrder, place + 1, fewer, place, fewer.length - place);
        return new Rulesets(fewer);
    }

    private int placeOf(AttachedRuleset one) {
        int place = 0;
        while (place < inOrder.length && inOrder[place].number < one.number) {
            place++;
        }
        return place;
    }

    /// Those that apply where these are the candidates.
    Rulesets applying() {
        for (AttachedRuleset candidate : inOrder) {
            if (candidate.ruleset.fallback()) {
                return withoutNeedlessFallbacks();
            }
        }
        return this;
    }

    private Rulesets withoutNeedlessFallbacks() {
        List<Ruleset> remaining = Ruleset.withoutNeedlessFallbacks(rulesets());
        if (remaining.size() == inOrder.length) {
            return this;
        }
        return new Rulesets(
                Arrays.stream(inOrder)
                        .filter(candidate -> remaining.contains(candidate.ruleset))
                        .toArray(AttachedRuleset[]::new));
    }

    List<Ruleset> rulesets() {
        List<Ruleset> rulesets = new ArrayList<>(inOrder.length);
        for (AttachedRuleset attached : inOrder) {
            rulesets.add(attached.ruleset);
        }
        return rulesets;
    }

    boolean same(Rulesets others) {
        return this == others || Arrays.equals(inOrder, others.inOrder);
    }

    /// An enforcer uses those that are here and not among the others, for one more unit.
    void useUnless(Rulesets others, int enforcer) {
        for (AttachedRuleset attached : inOrder) {
            if (!others.hold(attached)) {
                for (Group object : attached.objects) {
                    object.users.add(enforcer);
                }
            }
        }
    }

    /// The opposite of [#useUnless].
    void releaseUnless(Rulesets others, int enforcer) {
        for (AttachedRuleset attached : inOrder) {
            if (!others.hold(attached)) {
                for (Group object : attached.objects) {
                    object.users.remove(enforcer);
                }
            }
        }
    }

    private boolean hold(AttachedRuleset one) {
        int place = placeOf(one);
        return place < inOrder.length && inOrder[place] == one;
    }
}
