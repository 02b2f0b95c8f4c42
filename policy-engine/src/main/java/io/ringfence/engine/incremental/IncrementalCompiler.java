package io.ringfence.engine.incremental;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.Namespaces;
import io.ringfence.engine.PolicySource;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.SnapshotWriter;
import io.ringfence.engine.TenantUnits;
import io.ringfence.engine.VisibleNetworks;
import io.ringfence.engine.directory.TenantDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows a world change by change, says whom each change concerns, and compiles for them what
/// [io.ringfence.engine.PolicyCompiler] would compile from scratch, to the byte. For one thread.
///
/// A changed tag costs by the groups it decides and the enforcers that use them. A ruleset or an
/// external network costs by the units of the tenants it reaches, an address by the rules about its
/// owner.
public final class IncrementalCompiler {
    private final Enforcers enforcers = new Enforcers();
    private final Concerned concerned = new Concerned(enforcers);
    private final Map<String, Tenant> tenants = new HashMap<>();
    private final Map<String, Unit> units = new HashMap<>();
    private final Map<String, NamespaceState> namespaces = new HashMap<>();
    private final Map<String, Ruleset> rulesets = new HashMap<>();
    private final Map<String, ExternalNetwork> networks = new HashMap<>();
    private final Map<Set<String>, VisibleNetworks> visible = new HashMap<>();
    private final Map<String, TenantDirectory> directories = new HashMap<>();
    private final List<DirectoryChange> directoryChanges = new ArrayList<>();
    private final List<Tenant> touched = new ArrayList<>();
    private final List<Enforcer> left = new ArrayList<>();
    private final SnapshotWriter writer = new SnapshotWriter(new Source());

    /// Takes the changes in, in one step. The enforcers whose policy may be another one now, each
    /// once, in any order; the policy of all others is what it was.
    public List<String> apply(Collection<? extends Change> changes) {
        // What says who is meant comes before those who are meant: it is looked up once.
        changes.forEach(this::takeRules);
        changes.forEach(this::takeUnit);
        for (Tenant tenant : touched) {
            tenant.settle();
            noteOwners(tenant);
            if (tenant.isDeserted()) {
                tenants.remove(tenant.name);
                forgetVisible(tenant);
            }
        }
        touched.clear();
        List<String> ids = concerned.take();
        left.forEach(this::forgetIfIdle);
        left.clear();
        return ids;
    }

    /// What has become of the tenants' directories since this was asked last; addresses in any
    /// order.
    public List<DirectoryChange> takeDirectoryChanges() {
        List<DirectoryChange> taken = List.copyOf(directoryChanges);
        directoryChanges.clear();
        return taken;
    }

    private void noteOwners(Tenant tenant) {
        List<Prefix> moved = tenant.takeMovedAddresses();
        if (!moved.isEmpty()) {
            TenantDirectory before = directories.getOrDefault(tenant.name, TenantDirectory.EMPTY);
            TenantDirectory after = before;
            for (Prefix address : moved) {
                ProcessingUnit owner = tenant.owner(address);
                after =
                        owner == null
                                ? after.without(address)
                                : after.with(TenantDirectory.entry(address, owner));
            }
            if (after.isEmpty()) {
                directories.remove(tenant.name);
            } else {
                directories.put(tenant.name, after);
            }
            if (!after.digest().equals(before.digest())) {
                directoryChanges.add(new DirectoryChange(tenant.name, before, after, moved));
            }
        }
    }

    /// The enforcer's snapshot with its digest, without console id, version and time.
    public PolicySnapshot compile(String enforcerId) {
        return writer.write(enforcerId);
    }

    private void takeRules(Change change) {
        switch (change) {
            case Change.NamespaceIs(NamespaceState state) ->
                    turn(state.name(), namespaces.put(state.name(), state), state);
            case Change.NamespaceGone(String name) -> turn(name, namespaces.remove(name), null);
            case Change.RulesetIs(Ruleset ruleset) -> {
                detach(ruleset.id());
                attach(ruleset);
            }
            case Change.RulesetGone(String id) -> detach(id);
            case Change.NetworkIs(ExternalNetwork network) -> {
                reach(networks.put(network.id(), network));
                reach(network);
            }
            case Change.NetworkGone(String id) -> reach(networks.remove(id));
            case Change.UnitIs _, Change.UnitGone _ -> {}
        }
    }

    private void takeUnit(Change change) {
        if (change instanceof Change.UnitIs(ProcessingUnit unit)) {
            put(unit);
        } else if (change instanceof Change.UnitGone(String id)) {
            remove(id);
        }
    }

    private void turn(
            String name, @Nullable NamespaceState before, @Nullable NamespaceState after) {
        boolean same =
                before != null
                        && after != null
                        && before.incoming() == after.incoming()
                        && before.outgoing() == after.outgoing();
        if (!same) {
            tenantsBelow(name).forEach(tenant -> tenant.concernAtOrBelow(name));
        }
    }

    private void attach(Ruleset ruleset) {
        if (ruleset.disabled()) {
            return;
        }
        rulesets.put(ruleset.id(), ruleset);
        if (!isOfEveryone(ruleset)) {
            tenant(ruleset.namespace());
        }
        for (Tenant tenant : tenantsBelow(ruleset.namespace())) {
            touch(tenant);
            tenant.attach(ruleset);
        }
    }

    private void detach(String id) {
        Ruleset before = rulesets.remove(id);
        if (before != null) {
            for (Tenant tenant : tenantsBelow(before.namespace())) {
                touch(tenant);
                tenant.detach(id);
            }
        }
    }

    private static boolean isOfEveryone(Ruleset ruleset) {
        return Partitioning.tenantOf(ruleset.namespace()).isEmpty();
    }

    private void reach(@Nullable ExternalNetwork network) {
        if (network != null) {
            for (Tenant tenant : tenantsBelow(network.namespace())) {
                tenant.concernWhoSees(network);
                forgetVisible(tenant);
            }
        }
    }

    /// All of them, for what stands in `/`.
    private Collection<Tenant> tenantsBelow(String namespace) {
        String name = Partitioning.tenantOf(namespace);
        if (name.isEmpty()) {
            return tenants.values();
        }
        Tenant tenant = tenants.get(name);
        return tenant == null ? List.of() : List.of(tenant);
    }

    private Tenant tenant(String namespace) {
        return tenants.computeIfAbsent(Partitioning.tenantOf(namespace), this::newTenant);
    }

    private Tenant newTenant(String name) {
        Tenant tenant = new Tenant(name, concerned);
        rulesets.values().stream()
                .filter(IncrementalCompiler::isOfEveryone)
                .forEach(tenant::attach);
        touch(tenant);
        return tenant;
    }

    private void put(ProcessingUnit state) {
        Unit known = units.get(state.id());
        if (!state.running()) {
            remove(state.id());
            return;
        }
        if (known != null && !isInSameTenant(known, state)) {
            remove(state.id());
            known = null;
        }
        if (known == null) {
            Tenant tenant = tenant(state.namespace());
            touch(tenant);
            units.put(state.id(), tenant.add(state, enforcer(state)));
        } else {
            touch(known.tenant);
            Enforcer enforcer =
                    known.state.enforcerId().equals(state.enforcerId())
                            ? known.enforcer
                            : enforcer(state);
            noteLeaving(known, enforcer);
            known.tenant.change(known, state, enforcer);
        }
    }

    private @Nullable Enforcer enforcer(ProcessingUnit state) {
        return state.enforcerId().isEmpty() ? null : enforcers.of(state.enforcerId());
    }

    private static boolean isInSameTenant(Unit known, ProcessingUnit state) {
        String namespace = known.state.namespace();
        return namespace.equals(state.namespace())
                || Namespaces.sameTenant(namespace, state.namespace());
    }

    private void touch(Tenant tenant) {
        if (!tenant.touched) {
            tenant.touched = true;
            touched.add(tenant);
        }
    }

    private void noteLeaving(Unit unit, @Nullable Enforcer next) {
        if (unit.enforcer != null && unit.enforcer != next) {
            left.add(unit.enforcer);
        }
    }

    private void forgetIfIdle(Enforcer enforcer) {
        if (enforcer.units.isEmpty() && enforcers.known(enforcer.id) == enforcer) {
            enforcers.forget(enforcer);
        }
    }

    private void remove(String id) {
        Unit unit = units.remove(id);
        if (unit != null) {
            Tenant tenant = unit.tenant;
            touch(tenant);
            noteLeaving(unit, null);
            tenant.remove(unit);
        }
    }

    private void forgetVisible(Tenant tenant) {
        visible.keySet()
                .removeIf(namespaces ->
                        namespaces.stream()
                                .anyMatch(name -> Partitioning.tenantOf(name).equals(tenant.name)));
    }

    private final class Source implements PolicySource {
        @Override
        public Map<String, NamespaceState> namespaces() {
            return namespaces;
        }

        @Override
        public List<ProcessingUnit> unitsOf(String enforcerId) {
            Enforcer enforcer = enforcers.known(enforcerId);
            return enforcer == null
                    ? List.of()
                    : enforcer.units.values().stream().map(unit -> unit.state).toList();
        }

        @Override
        public List<Ruleset> rulesetsFor(ProcessingUnit unit) {
            Unit known = Objects.requireNonNull(units.get(unit.id()));
            return known.applying.rulesets();
        }

        @Override
        public TenantUnits running(String namespace) {
            return tenant(namespace);
        }

        @Override
        public VisibleNetworks networks(Set<String> seenFrom) {
            return visible.computeIfAbsent(
                    seenFrom, names -> VisibleNetworks.from(networks.values(), names));
        }
    }
}
