package io.ringfence.engine.stored;

import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.Namespaces;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.World;
import io.ringfence.engine.incremental.Change;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The newest state of every object, by topic and id, and the world they make: what namespaces lend
/// is added, and where enforcers know units. Of the world, only what a change concerns is made
/// again. For one thread.
public final class WorldState {
    /// Where what it takes in is announced.
    public static final Set<Topic> TOPICS =
            Set.of(
                    Topic.NAMESPACE_CHANGED,
                    Topic.PROCESSING_UNIT_CHANGED,
                    Topic.RULESET_CHANGED,
                    Topic.EXTERNAL_NETWORK_CHANGED,
                    Topic.ENFORCER_CHANGED,
                    Topic.ENFORCER_PROFILE_CHANGED);

    private final Map<Topic, Map<String, StoredObject>> objects = new EnumMap<>(Topic.class);
    private final Map<Topic, Map<String, Long>> revisions = new EnumMap<>(Topic.class);
    private final Map<String, Set<String>> unitsOfEnforcers = new HashMap<>();
    private final Pending pending = new Pending();

    private PMap<String, NamespaceState> namespaces = HashTreePMap.empty();
    private PMap<String, ProcessingUnit> units = HashTreePMap.empty();
    private PMap<String, Ruleset> rulesets = HashTreePMap.empty();
    private PMap<String, ExternalNetwork> networks = HashTreePMap.empty();
    private PMap<String, StoredObject.Enforcer> enforcers = HashTreePMap.empty();
    private OrganizationalTags inherited = new OrganizationalTags(namespaces);

    /// What was touched since the last update, by id; namespaces by name.
    private static final class Pending {
        private final Map<String, @Nullable NamespaceState> namespaces = new HashMap<>();
        private final Set<String> units = new HashSet<>();
        private final Set<String> rulesets = new HashSet<>();
        private final Set<String> networks = new HashSet<>();
        private final Set<String> enforcers = new HashSet<>();
        private boolean profiles;

        boolean isEmpty() {
            return namespaces.isEmpty()
                    && units.isEmpty()
                    && rulesets.isEmpty()
                    && networks.isEmpty()
                    && enforcers.isEmpty()
                    && !profiles;
        }

        void clear() {
            namespaces.clear();
            units.clear();
            rulesets.clear();
            networks.clear();
            enforcers.clear();
            profiles = false;
        }
    }

    /// Takes a record in, unless it is older than what is known. A null value is a tombstone.
    public void apply(Topic topic, String key, byte @Nullable [] value)
            throws UnreadableRecordException {
        if (value == null) {
            replace(topic, key, new StoredObject.Gone());
            return;
        }
        ObjectState state = StoredObject.state(key, value);
        Map<String, Long> known = revisions.computeIfAbsent(topic, _ -> new HashMap<>());
        Long revision = known.get(key);
        if (revision != null && state.getRevision() <= revision) {
            return;
        }
        replace(topic, key, StoredObject.read(topic, state));
        known.put(key, state.getRevision());
    }

    private void replace(Topic topic, String key, StoredObject object) {
        Map<String, StoredObject> ofTopic = of(topic);
        StoredObject before =
                object instanceof StoredObject.Gone
                        ? ofTopic.remove(key)
                        : ofTopic.put(key, object);
        // Most records are heartbeats and say nothing that a policy could depend on.
        if (object.equals(before)) {
            return;
        }
        if (before != null) {
            touch(key, before, false);
        }
        touch(key, object, true);
    }

    private Map<String, StoredObject> of(Topic topic) {
        return objects.computeIfAbsent(topic, _ -> new HashMap<>());
    }

    private void touch(String id, StoredObject object, boolean stays) {
        switch (object) {
            case StoredObject.Namespace(NamespaceState state) ->
                    pending.namespaces.put(state.name(), stays ? state : null);
            case StoredObject.Unit(ProcessingUnit unit) -> {
                pending.units.add(id);
                Set<String> others =
                        unitsOfEnforcers.computeIfAbsent(unit.enforcerId(), _ -> new HashSet<>(2));
                if (stays) {
                    others.add(id);
                } else if (others.remove(id) && others.isEmpty()) {
                    unitsOfEnforcers.remove(unit.enforcerId());
                }
            }
            case StoredObject.Policy _ -> pending.rulesets.add(id);
            case StoredObject.Network _ -> pending.networks.add(id);
            case StoredObject.Enforcer _ -> pending.enforcers.add(id);
            case StoredObject.Profile _, StoredObject.ProfileMapping _ -> pending.profiles = true;
            case StoredObject.Gone() -> {}
        }
    }

    public boolean hasChanged() {
        return !pending.isEmpty();
    }

    /// The world as it is, and what has changed since the last time.
    public WorldUpdate takeUpdate() {
        List<Change> changes = new ArrayList<>();
        Set<String> lending = turnNamespaces(changes);
        for (String id : pending.enforcers) {
            StoredObject.Enforcer enforcer =
                    (StoredObject.Enforcer) of(Topic.ENFORCER_CHANGED).get(id);
            enforcers = enforcer == null ? enforcers.minus(id) : enforcers.plus(id, enforcer);
            pending.units.addAll(unitsOfEnforcers.getOrDefault(id, Set.of()));
        }
        if (!lending.isEmpty()) {
            inherited = new OrganizationalTags(namespaces);
            touchBorrowers(lending);
        }
        EnforcerTargets targets = targets();
        if (pending.profiles || !lending.isEmpty() && targets.differ()) {
            pending.units.addAll(of(Topic.PROCESSING_UNIT_CHANGED).keySet());
        }
        turnRulesets(changes);
        turnNetworks(changes);
        turnUnits(targets, changes);
        WorldUpdate update =
                new WorldUpdate(
                        new World(namespaces, units, rulesets, networks),
                        changes,
                        enforcers.keySet(),
                        pending.enforcers);
        pending.clear();
        return update;
    }

    /// Answers those that lend other tags than before.
    private Set<String> turnNamespaces(List<Change> changes) {
        Set<String> lending = new HashSet<>();
        pending.namespaces.forEach((name, touched) -> {
            NamespaceState now = touched == null ? underAnotherId(name) : touched;
            NamespaceState before = namespaces.get(name);
            List<String> lent = before == null ? List.of() : before.organizationalMetadata();
            if (now == null) {
                namespaces = namespaces.minus(name);
                changes.add(new Change.NamespaceGone(name));
            } else {
                namespaces = namespaces.plus(name, now);
                changes.add(new Change.NamespaceIs(now));
            }
            if (!lent.equals(now == null ? List.of() : now.organizationalMetadata())) {
                lending.add(name);
            }
        });
        return lending;
    }

    /// A name can be given again before what had it is told to be gone.
    private @Nullable NamespaceState underAnotherId(String name) {
        for (StoredObject object : of(Topic.NAMESPACE_CHANGED).values()) {
            if (object instanceof StoredObject.Namespace(NamespaceState state)
                    && state.name().equals(name)) {
                return state;
            }
        }
        return null;
    }

    private void touchBorrowers(Set<String> lending) {
        Predicate<String> borrows =
                home ->
                        lending.stream()
                                .anyMatch(lender ->
                                        home.equals(lender) || Namespaces.isAbove(lender, home));
        units.values().stream()
                .filter(unit -> borrows.test(unit.namespace()))
                .forEach(unit -> pending.units.add(unit.id()));
        networks.values().stream()
                .filter(network -> borrows.test(network.namespace()))
                .forEach(network -> pending.networks.add(network.id()));
    }

    private EnforcerTargets targets() {
        List<StoredObject.Profile> profiles = new ArrayList<>();
        List<StoredObject.ProfileMapping> mappings = new ArrayList<>();
        for (StoredObject object : of(Topic.ENFORCER_PROFILE_CHANGED).values()) {
            switch (object) {
                case StoredObject.Profile profile -> profiles.add(profile);
                case StoredObject.ProfileMapping mapping -> mappings.add(mapping);
                default -> {}
            }
        }
        return new EnforcerTargets(enforcers, profiles, mappings, inherited);
    }

    private void turnRulesets(List<Change> changes) {
        for (String id : pending.rulesets) {
            if (of(Topic.RULESET_CHANGED).get(id) instanceof StoredObject.Policy(Ruleset ruleset)) {
                rulesets = rulesets.plus(id, ruleset);
                changes.add(new Change.RulesetIs(ruleset));
            } else if (rulesets.containsKey(id)) {
                rulesets = rulesets.minus(id);
                changes.add(new Change.RulesetGone(id));
            }
        }
    }

    private void turnNetworks(List<Change> changes) {
        for (String id : pending.networks) {
            ExternalNetwork before = networks.get(id);
            if (of(Topic.EXTERNAL_NETWORK_CHANGED).get(id)
                    instanceof StoredObject.Network(ExternalNetwork stored)) {
                ExternalNetwork network = inherited.addTo(stored);
                if (!network.equals(before)) {
                    networks = networks.plus(id, network);
                    changes.add(new Change.NetworkIs(network));
                }
            } else if (before != null) {
                networks = networks.minus(id);
                changes.add(new Change.NetworkGone(id));
            }
        }
    }

    private void turnUnits(EnforcerTargets targets, List<Change> changes) {
        for (String id : pending.units) {
            ProcessingUnit before = units.get(id);
            if (of(Topic.PROCESSING_UNIT_CHANGED).get(id)
                    instanceof StoredObject.Unit(ProcessingUnit stored)) {
                ProcessingUnit unit =
                        inherited.addTo(stored).withTargets(targets.of(stored.enforcerId()));
                if (!unit.equals(before)) {
                    units = units.plus(id, unit);
                    changes.add(new Change.UnitIs(unit));
                }
            } else if (before != null) {
                units = units.minus(id);
                changes.add(new Change.UnitGone(id));
            }
        }
    }

    /// How many objects are known, for people.
    public int size() {
        return objects.values().stream().map(Map::size).mapToInt(Integer::intValue).sum();
    }
}
