package io.ringfence.engine.stored;

import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.World;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The newest state of every object, by topic and id. Each change remembers the tenants it can
/// concern until [#takeUpdate] asks. For one thread.
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
    private final Set<String> tenants = new HashSet<>();

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
        Map<String, StoredObject> ofTopic = objects.computeIfAbsent(topic, _ -> new HashMap<>());
        StoredObject before =
                object instanceof StoredObject.Gone
                        ? ofTopic.remove(key)
                        : ofTopic.put(key, object);
        // Most records are heartbeats and say nothing that a policy could depend on.
        if (object.equals(before)) {
            return;
        }
        if (before != null) {
            touch(before);
        }
        touch(object);
    }

    private void touch(StoredObject object) {
        switch (object) {
            case StoredObject.Namespace(NamespaceState state) -> touch(state.name());
            case StoredObject.Unit(ProcessingUnit unit) -> touch(unit.namespace());
            case StoredObject.Policy(Ruleset ruleset) -> touch(ruleset.namespace());
            case StoredObject.Network(ExternalNetwork network) -> touch(network.namespace());
            case StoredObject.Enforcer enforcer -> touch(enforcer.namespace());
            case StoredObject.Profile profile -> touch(profile.namespace());
            case StoredObject.ProfileMapping mapping -> touch(mapping.namespace());
            case StoredObject.Gone() -> {}
        }
    }

    private void touch(String namespace) {
        tenants.add(Partitioning.tenantOf(namespace));
    }

    public boolean hasChanged() {
        return !tenants.isEmpty();
    }

    /// The world as it is, and the tenants touched since the last time.
    public WorldUpdate takeUpdate() {
        Map<String, NamespaceState> namespaces = new HashMap<>();
        Map<String, ProcessingUnit> units = new HashMap<>();
        Map<String, Ruleset> rulesets = new HashMap<>();
        Map<String, ExternalNetwork> networks = new HashMap<>();
        Map<String, StoredObject.Enforcer> enforcers = new HashMap<>();
        List<StoredObject.Profile> profiles = new ArrayList<>();
        List<StoredObject.ProfileMapping> mappings = new ArrayList<>();
        for (Map<String, StoredObject> ofTopic : objects.values()) {
            ofTopic.forEach((id, object) -> {
                switch (object) {
                    case StoredObject.Namespace(NamespaceState state) ->
                            namespaces.put(state.name(), state);
                    case StoredObject.Unit(ProcessingUnit unit) -> units.put(id, unit);
                    case StoredObject.Policy(Ruleset ruleset) -> rulesets.put(id, ruleset);
                    case StoredObject.Network(ExternalNetwork network) -> networks.put(id, network);
                    case StoredObject.Enforcer enforcer -> enforcers.put(id, enforcer);
                    case StoredObject.Profile profile -> profiles.add(profile);
                    case StoredObject.ProfileMapping mapping -> mappings.add(mapping);
                    case StoredObject.Gone() -> {}
                }
            });
        }
        OrganizationalTags inherited = new OrganizationalTags(namespaces);
        EnforcerTargets targets = new EnforcerTargets(enforcers, profiles, mappings, inherited);
        units.replaceAll(
                (_, unit) -> inherited.addTo(unit).withTargets(targets.of(unit.enforcerId())));
        networks.replaceAll((_, network) -> inherited.addTo(network));
        WorldUpdate update =
                new WorldUpdate(
                        new World(namespaces, units, rulesets, networks),
                        enforcers.values().stream()
                                .collect(
                                        Collectors.toMap(
                                                StoredObject.Enforcer::id,
                                                StoredObject.Enforcer::namespace)),
                        tenants);
        tenants.clear();
        return update;
    }

    /// How many objects are known, for people.
    public int size() {
        List<Integer> sizes = new ArrayList<>();
        objects.values().forEach(ofTopic -> sizes.add(ofTopic.size()));
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }
}
