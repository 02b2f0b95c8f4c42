package io.ringfence.engine.incremental;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.Direction;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.Namespaces;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.TargetNetworks;
import io.ringfence.engine.TenantUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The running units of one tenant and the rulesets that reach it. Changes are taken in one by one
/// and take effect with [#settle].
final class Tenant implements TenantUnits {
    /// Up to this many new groups look through all units; more are found by the units' terms.
    private static final int FEW = 16;

    private static final long ALL = -1;

    final String name;
    private final Concerned concerned;
    private final Groups groups = new Groups();
    private final Owners owners = new Owners(this::movedAddress);
    private final Set<Prefix> movedAddresses = new LinkedHashSet<>();
    private final Set<Unit> listeningToAll = new HashSet<>();
    private final Slots units = new Slots();
    private final Map<String, AttachedRuleset> rulesets = new LinkedHashMap<>();
    private final List<Unit> retagged = new ArrayList<>();
    private final List<Unit> unsettled = new ArrayList<>();
    private int lastNumber;

    /// Changes wait for [#settle].
    boolean touched;

    Tenant(String name, Concerned concerned) {
        this.name = name;
        this.concerned = concerned;
    }

    // Changes

    /// A ruleset of the tenant, or of `/`.
    void attach(Ruleset ruleset) {
        AttachedRuleset attached =
                new AttachedRuleset(
                        ++lastNumber,
                        ruleset,
                        groups.use(ruleset.subject()),
                        Arrays.stream(Direction.values())
                                .flatMap(direction -> ruleset.rulesOf(direction).stream())
                                .map(Rule::object)
                                .map(groups::use)
                                .toArray(Group[]::new));
        rulesets.put(ruleset.id(), attached);
        attached.subject.subjectOf.add(attached);
        attached.subject.members.forEach((int slot) -> apply(attached, units.at(slot)));
    }

    void detach(String rulesetId) {
        AttachedRuleset attached = rulesets.remove(rulesetId);
        if (attached == null) {
            return;
        }
        attached.subject.subjectOf.remove(attached);
        attached.subject.members.forEach((int slot) -> withdraw(attached, units.at(slot)));
        groups.release(attached.subject);
        for (Group object : attached.objects) {
            groups.release(object);
        }
    }

    Unit add(ProcessingUnit state, @Nullable Enforcer enforcer) {
        Unit unit = units.add(this, state);
        join(unit, enforcer);
        listen(unit);
        owners.move(unit, List.of(), state.addresses());
        retagged.add(unit);
        unsettle(unit);
        return unit;
    }

    void change(Unit unit, ProcessingUnit next, @Nullable Enforcer enforcer) {
        ProcessingUnit before = unit.state;
        unit.state = next;
        boolean moved = !before.namespace().equals(next.namespace());
        if (unit.enforcer != enforcer) {
            leave(unit);
            join(unit, enforcer);
            unsettle(unit);
        }
        if (moved) {
            unit.candidates = Rulesets.NONE;
            for (int group : unit.groups) {
                groups.at(group).subjectOf.forEach(attached -> apply(attached, unit));
            }
            unsettle(unit);
            concerned.add(enforcer);
        }
        if (!before.targets().equals(next.targets())) {
            concerned.add(enforcer);
            listen(unit);
        }
        if (moved || before.enforcerId().isEmpty() != next.enforcerId().isEmpty()) {
            movedAddresses.addAll(owners.of(unit));
        }
        owners.move(unit, before.addresses(), next.addresses());
        if (before.tags() != next.tags()) {
            retagged.add(unit);
        }
    }

    void remove(Unit unit) {
        owners.move(unit, unit.state.addresses(), List.of());
        for (int group : unit.groups) {
            groups.at(group).members.remove(unit.slot);
        }
        for (int term : unit.terms) {
            groups.vocabulary().term(term).units--;
        }
        leave(unit);
        units.remove(unit);
        listeningToAll.remove(unit);
    }

    /// Concerns those whose own address it is, who have a rule about it, and who have to know of
    /// each address whether a rule is about it or not.
    private void movedAddress(Prefix address, @Nullable Unit from, @Nullable Unit to) {
        movedAddresses.add(address);
        concernAsOwner(from);
        concernAsOwner(to);
        listeningToAll.forEach(unit -> concerned.add(unit.enforcer));
    }

    private void concernAsOwner(@Nullable Unit unit) {
        if (unit != null) {
            concerned.add(unit.enforcer);
            for (int group : unit.groups) {
                groups.at(group).users.concern(concerned);
            }
        }
    }

    /// Outside its target networks a unit's rules judge addresses by external networks.
    private void listen(Unit unit) {
        if (unit.state.targets().equals(TargetNetworks.EVERYWHERE)) {
            listeningToAll.remove(unit);
        } else {
            listeningToAll.add(unit);
        }
    }

    private void join(Unit unit, @Nullable Enforcer enforcer) {
        unit.enforcer = enforcer;
        if (enforcer != null) {
            enforcer.units.put(unit.state.id(), unit);
            concerned.add(enforcer);
        }
    }

    private void leave(Unit unit) {
        Enforcer enforcer = unit.enforcer;
        if (enforcer != null) {
            concerned.add(enforcer);
            unit.applying.releaseUnless(Rulesets.NONE, enforcer.number);
            unit.applying = Rulesets.NONE;
            enforcer.units.remove(unit.state.id());
            unit.enforcer = null;
        }
    }

    /// Whoever sees the network from one of its units' namespaces.
    void concernWhoSees(ExternalNetwork network) {
        for (Unit unit : units) {
            if (Namespaces.reaches(
                    network.namespace(), network.propagate(), unit.state.namespace())) {
                concerned.add(unit.enforcer);
            }
        }
    }

    /// Whoever enforces for a unit in the namespace or below.
    void concernAtOrBelow(String namespace) {
        for (Unit unit : units) {
            String home = unit.state.namespace();
            if (home.equals(namespace) || Namespaces.isAbove(namespace, home)) {
                concerned.add(unit.enforcer);
            }
        }
    }

    // Taking effect

    /// Brings everything up to date.
    void settle() {
        touched = false;
        retagged.removeIf(unit -> !units.holds(unit));
        List<Group> fresh = groups.takeFresh();
        meetTerms(!fresh.isEmpty());
        groups.file(fresh);
        select(fresh);
        for (Unit unit : retagged) {
            retag(unit, !fresh.isEmpty());
        }
        retagged.clear();
        for (Unit unit : unsettled) {
            unit.unsettled = false;
            if (units.holds(unit) && unit.enforcer != null) {
                decide(unit, unit.enforcer);
            }
        }
        unsettled.clear();
        groups.tidy(units);
    }

    /// The addresses whose entry in the directory may have become another one since this was asked
    /// last.
    List<Prefix> takeMovedAddresses() {
        if (movedAddresses.isEmpty()) {
            return List.of();
        }
        List<Prefix> moved = List.copyOf(movedAddresses);
        movedAddresses.clear();
        return moved;
    }

    /// The terms of retagged units stand ready; the others know new ones.
    private void meetTerms(boolean anyNew) {
        Vocabulary vocabulary = groups.vocabulary();
        for (Unit unit : retagged) {
            if (unit.termsToCome == null) {
                int[] terms = vocabulary.of(unit.state.tags());
                unit.termsToCome = terms;
                vocabulary.count(unit.terms, terms);
            }
        }
        if (anyNew) {
            for (Unit unit : units) {
                if (unit.termsToCome == null) {
                    vocabulary.tell(unit);
                }
            }
        }
    }

    /// Finds the members of new groups among the units that keep their tags.
    private void select(List<Group> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        for (Unit unit : units) {
            if (unit.termsToCome != null) {
                continue;
            }
            if (fresh.size() > FEW) {
                enterSelected(unit, ALL);
                continue;
            }
            for (Group group : fresh) {
                if (group.selects(unit)) {
                    enter(unit, group);
                }
            }
        }
    }

    private void retag(Unit unit, boolean anyGroupIsNew) {
        int[] terms = unit.termsToCome;
        if (terms == null) {
            return;
        }
        unit.termsToCome = null;
        long gone = SortedInts.bitsOnlyIn(unit.terms, terms);
        long come = anyGroupIsNew ? ALL : SortedInts.bitsOnlyIn(terms, unit.terms);
        unit.meet(terms);
        if (gone != 0) {
            for (int id : unit.groups) {
                Group group = groups.at(id);
                if ((group.bits & gone) != 0 && !group.selects(unit)) {
                    leave(unit, group);
                }
            }
        }
        if (come != 0) {
            enterSelected(unit, come);
        }
    }

    /// Into the groups that select it by a clause with one of these terms, given as a filter.
    private void enterSelected(Unit unit, long come) {
        for (int id : unit.terms) {
            Term term = groups.vocabulary().term(id);
            for (int place = 0; place < term.filed(); place++) {
                if ((term.bitsOf(place) & come) != 0) {
                    Clause clause = term.clause(place);
                    if (clause.holds(unit)) {
                        enter(unit, clause.group);
                    }
                }
            }
        }
    }

    private void enter(Unit unit, Group group) {
        if (SortedInts.contains(unit.groups, group.id)) {
            return;
        }
        unit.groups = SortedInts.with(unit.groups, group.id);
        group.members.add(unit.slot);
        for (AttachedRuleset attached : group.subjectOf) {
            apply(attached, unit);
        }
        concernUsers(group, unit);
    }

    private void leave(Unit unit, Group group) {
        unit.groups = SortedInts.without(unit.groups, group.id);
        group.members.remove(unit.slot);
        for (AttachedRuleset attached : group.subjectOf) {
            withdraw(attached, unit);
        }
        concernUsers(group, unit);
    }

    private void concernUsers(Group group, Unit member) {
        if (member.owned > 0) {
            group.users.concern(concerned);
        }
    }

    private void apply(AttachedRuleset attached, Unit unit) {
        if (attached.reaches(unit)) {
            unit.candidates = unit.candidates.with(attached);
            unsettle(unit);
        }
    }

    private void withdraw(AttachedRuleset attached, Unit unit) {
        unit.candidates = unit.candidates.without(attached);
        unsettle(unit);
    }

    private void unsettle(Unit unit) {
        if (!unit.unsettled) {
            unit.unsettled = true;
            unsettled.add(unit);
        }
    }

    private void decide(Unit unit, Enforcer enforcer) {
        Rulesets before = unit.applying;
        Rulesets applying = unit.candidates.applying();
        if (!applying.same(before)) {
            unit.applying = applying;
            before.releaseUnless(applying, enforcer.number);
            applying.useUnless(before, enforcer.number);
            concerned.add(enforcer);
        }
    }

    // Questions

    /// Nothing of its own is left.
    boolean isDeserted() {
        return units.count() == 0
                && rulesets.values().stream()
                        .allMatch(attached ->
                                !Partitioning.tenantOf(attached.ruleset.namespace()).equals(name));
    }

    @Override
    public @Nullable ProcessingUnit owner(Prefix address) {
        Unit owner = owners.of(address);
        return owner == null ? null : owner.state;
    }

    @Override
    public void forEachOwned(BiConsumer<Prefix, ProcessingUnit> visitor) {
        owners.inOrder().forEach((address, owner) -> visitor.accept(address, owner.state));
    }

    @Override
    public void forEachMatching(TagExpression expression, Consumer<ProcessingUnit> visitor) {
        groups.of(expression).members.forEach((int slot) -> visitor.accept(units.at(slot).state));
    }
}
