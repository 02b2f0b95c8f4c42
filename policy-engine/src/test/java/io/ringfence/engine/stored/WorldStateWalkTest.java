package io.ringfence.engine.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.World;
import io.ringfence.engine.incremental.Change;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Records in any order: the world is the one that the newest of them make, and the changes lead to
/// it. Repeat a failure with `-Dringfence.test.seed=SEED`.
class WorldStateWalkTest {
    private static final List<String> NAMESPACES = List.of("/", "/a", "/a/b", "/a/bc", "/d");

    private final long seed = Long.getLong("ringfence.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Record, byte @Nullable []> newest = new LinkedHashMap<>();
    private long revision;

    private record Record(Topic topic, String key) {}

    @Test
    void theChangesLeadToTheWorldThatTheNewestRecordsMake() throws Exception {
        for (int walk = 0; walk < 100; walk++) {
            WorldState state = new WorldState();
            World mirror = World.EMPTY;
            newest.clear();
            for (int step = 0; step < 50; step++) {
                for (int records = random.nextInt(1, 4); records > 0; records--) {
                    Record record = record();
                    byte[] value = random.nextInt(5) == 0 ? null : value(record);
                    newest.put(record, value);
                    state.apply(record.topic, record.key, value);
                }
                WorldUpdate update = state.takeUpdate();
                mirror = changed(mirror, update.changes());
                WorldUpdate fromScratch = fromScratch();
                String where = "seed %d, walk %d, step %d".formatted(seed, walk, step);
                assertThat(update.world()).as(where).isEqualTo(fromScratch.world());
                assertThat(mirror).as(where).isEqualTo(update.world());
                assertThat(update.enforcers()).as(where).isEqualTo(fromScratch.enforcers());
                assertThat(state.hasChanged()).isFalse();
            }
        }
    }

    private WorldUpdate fromScratch() throws UnreadableRecordException {
        WorldState state = new WorldState();
        for (Map.Entry<Record, byte @Nullable []> record : newest.entrySet()) {
            state.apply(record.getKey().topic, record.getKey().key, record.getValue());
        }
        return state.takeUpdate();
    }

    private static World changed(World world, List<Change> changes) {
        Map<String, NamespaceState> namespaces = new HashMap<>(world.namespaces());
        Map<String, ProcessingUnit> units = new HashMap<>(world.processingUnits());
        Map<String, Ruleset> rulesets = new HashMap<>(world.rulesets());
        Map<String, ExternalNetwork> networks = new HashMap<>(world.externalNetworks());
        for (Change change : changes) {
            switch (change) {
                case Change.NamespaceIs is -> namespaces.put(is.namespace().name(), is.namespace());
                case Change.NamespaceGone gone -> namespaces.remove(gone.name());
                case Change.UnitIs is -> units.put(is.unit().id(), is.unit());
                case Change.UnitGone gone -> units.remove(gone.id());
                case Change.RulesetIs is -> rulesets.put(is.ruleset().id(), is.ruleset());
                case Change.RulesetGone gone -> rulesets.remove(gone.id());
                case Change.NetworkIs is -> networks.put(is.network().id(), is.network());
                case Change.NetworkGone gone -> networks.remove(gone.id());
            }
        }
        return new World(namespaces, units, rulesets, networks);
    }

    private Record record() {
        int number = random.nextInt(3);
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Record(Topic.NAMESPACE_CHANGED, "n" + random.nextInt(5));
            case 2, 3 -> new Record(Topic.PROCESSING_UNIT_CHANGED, "u" + number);
            case 4 -> new Record(Topic.RULESET_CHANGED, "r" + number);
            case 5 -> new Record(Topic.EXTERNAL_NETWORK_CHANGED, "x" + number);
            case 6 -> new Record(Topic.ENFORCER_CHANGED, "e" + number);
            default ->
                    new Record(Topic.ENFORCER_PROFILE_CHANGED, (number > 1 ? "m" : "p") + number);
        };
    }

    /// Namespaces keep their names; everything else may turn up elsewhere.
    private byte[] value(Record record) {
        String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
        int choice = random.nextInt(3);
        revision++;
        return switch (record.topic) {
            case NAMESPACE_CHANGED ->
                    state(
                            "namespace",
                            record,
                            "/",
                            "{'name':'%s','organizationalMetadata':['@org:t=%d']}"
                                    .formatted(NAMESPACES.get(record.key.charAt(1) - '0'), choice));
            case PROCESSING_UNIT_CHANGED ->
                    state(
                            "processingunit",
                            record,
                            namespace,
                            "{'enforcerID':'e%d','addresses':['10.0.0.%d'],'normalizedTags':['app=%d'],'operationalStatus':'Running'}"
                                    .formatted(random.nextInt(3), choice, choice));
            case RULESET_CHANGED ->
                    state(
                            "networkrulesetpolicy",
                            record,
                            namespace,
                            "{'name':'%d'}".formatted(choice));
            case EXTERNAL_NETWORK_CHANGED ->
                    state(
                            "externalnetwork",
                            record,
                            namespace,
                            "{'name':'net','entries':['10.0.%d.0/24'],'normalizedTags':['net=a']}"
                                    .formatted(choice));
            case ENFORCER_CHANGED ->
                    state(
                            "enforcer",
                            record,
                            namespace,
                            "{'normalizedTags':['group=%d']}".formatted(choice));
            default ->
                    record.key.startsWith("p")
                            ? state(
                                    "enforcerprofile",
                                    record,
                                    namespace,
                                    "{'normalizedTags':['p=%d'],'targetNetworks':['10.%d.0.0/16'],'propagate':true}"
                                            .formatted(choice, choice))
                            : state(
                                    "enforcerprofilemappingpolicy",
                                    record,
                                    namespace,
                                    "{'subject':[['group=%d'],['@org:t=%d']],'object':[['p=0'],['p=1']],'propagate':true}"
                                            .formatted(choice, choice));
        };
    }

    private byte[] state(String identity, Record record, String namespace, String json) {
        return States.state(identity, record.key, revision, namespace, json);
    }
}
