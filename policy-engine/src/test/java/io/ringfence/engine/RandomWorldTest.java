package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.tag.TagExpression;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Small crowded worlds, in which everything collides with everything. What a kernel would make of
/// the compiled snapshot must be what DESIGN §4 says. Repeat a failure with
/// `-Dringfence.test.seed=SEED`.
class RandomWorldTest {
    private static final int WORLDS = 4_000;
    private static final int QUESTIONS = 25;
    private static final List<String> NAMESPACES =
            List.of("/", "/a", "/a/b", "/a/b/c", "/a/bc", "/d");
    private static final List<String> ADDRESSES =
            List.of(
                    "10.0.0.0",
                    "10.0.0.1",
                    "10.0.0.2",
                    "10.0.0.3",
                    "10.0.0.7",
                    "10.0.1.0",
                    "10.255.255.255",
                    "11.0.0.0",
                    "255.255.255.255",
                    "0.0.0.0",
                    "fd00::",
                    "fd00::1",
                    "fd00::2",
                    "fd00:0:0:1::",
                    "ffff::");
    private static final List<String> PREFIXES =
            List.of(
                    "0.0.0.0/0",
                    "0.0.0.0/1",
                    "10.0.0.0/8",
                    "10.0.0.0/24",
                    "10.0.0.0/30",
                    "10.0.0.2/31",
                    "10.0.0.1/32",
                    "11.0.0.0/8",
                    "::/0",
                    "fd00::/8",
                    "fd00::/64",
                    "fd00::/127",
                    "fd00::2/128");
    private static final List<String> PORTS =
            List.of(
                    "any",
                    "tcp/1",
                    "tcp/2",
                    "tcp/1:2",
                    "tcp/2:4",
                    "tcp/1:65535",
                    "udp/1:2",
                    "udp/2",
                    "icmp",
                    "icmp/0",
                    "icmp/0/0:2",
                    "icmp/0/1,3",
                    "icmp6/0",
                    "gre");

    @Test
    void theCompiledFormSaysWhatTheReferenceSays() {
        long seed = Long.getLong("ringfence.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < WORLDS; i++) {
            World world = new Dice(random).world();
            String at = "seed %d, world %d".formatted(seed, i);
            PolicyCompiler compiler = new PolicyCompiler(world);
            Map<String, SnapshotInterpreter> compiled = new HashMap<>();
            for (int question = 0; question < QUESTIONS; question++) {
                ask(world, compiler, compiled, new Dice(random), at);
            }
        }
    }

    @Test
    void theSameWorldGivesTheSameBytesHoweverItCameToBe() {
        long seed = Long.getLong("ringfence.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            World world = new Dice(random).world();
            World again =
                    new World(
                            new HashMap<>(world.namespaces()),
                            new HashMap<>(world.processingUnits()),
                            new HashMap<>(world.rulesets()),
                            new HashMap<>(world.externalNetworks()));
            PolicyCompiler warm = new PolicyCompiler(world);
            warm.compile("e1");
            PolicySnapshot snapshot = warm.compile("e0");
            assertThat(PolicyCompiler.compile(again, "e0").toByteString())
                    .as("seed %d, world %d", seed, i)
                    .isEqualTo(snapshot.toByteString());
        }
    }

    private static void ask(
            World world,
            PolicyCompiler compiler,
            Map<String, SnapshotInterpreter> compiled,
            Dice dice,
            String at) {
        List<ProcessingUnit> judged =
                world.processingUnits().values().stream()
                        .filter(unit -> unit.running() && !unit.enforcerId().isEmpty())
                        .toList();
        if (judged.isEmpty()) {
            return;
        }
        ProcessingUnit unit = dice.oneOf(judged);
        InetAddress peer = InetAddress.ofLiteral(dice.oneOf(ADDRESSES));
        Traffic traffic = dice.traffic();
        Direction direction = dice.oneOf(List.of(Direction.values()));
        SnapshotInterpreter interpreter =
                compiled.computeIfAbsent(
                        unit.enforcerId(), id -> new SnapshotInterpreter(compiler.compile(id)));
        assertThat(interpreter.judge(direction, unit.id(), peer, traffic))
                .as("%s: %s of %s, %s, %s", at, direction, unit.id(), peer, traffic)
                .isEqualTo(PolicyEvaluator.judge(world, direction, unit.id(), peer, traffic));
        boolean oneNamespace =
                judged.stream()
                        .filter(other -> other.enforcerId().equals(unit.enforcerId()))
                        .allMatch(other -> other.namespace().equals(unit.namespace()));
        if (oneNamespace) {
            assertThat(interpreter.peer(peer))
                    .as("%s: who is %s", at, peer)
                    .isEqualTo(PolicyEvaluator.peer(world, unit.namespace(), peer));
        }
    }

    /// Draws parts of a world.
    private record Dice(Random random) {
        <T> T oneOf(List<T> values) {
            return values.get(random.nextInt(values.size()));
        }

        boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        World world() {
            Map<String, NamespaceState> namespaces = new HashMap<>();
            for (String name : NAMESPACES) {
                if (chance(80)) {
                    namespaces.put(
                            name,
                            new NamespaceState(name, trafficAction(), trafficAction(), List.of()));
                }
            }
            Map<String, ProcessingUnit> units = new HashMap<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                units.put("u" + i, unit("u" + i));
            }
            Map<String, Ruleset> rulesets = new HashMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                rulesets.put("r" + i, ruleset("r" + i));
            }
            Map<String, ExternalNetwork> networks = new HashMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                networks.put("n" + i, network("n" + i));
            }
            return new World(namespaces, units, rulesets, networks);
        }

        private ProcessingUnit unit(String id) {
            List<InetAddress> addresses = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                addresses.add(InetAddress.ofLiteral(oneOf(ADDRESSES)));
            }
            String enforcer = chance(85) ? "e" + random.nextInt(3) : "";
            return new ProcessingUnit(
                    id, oneOf(NAMESPACES), enforcer, tags(), addresses, chance(85));
        }

        private Ruleset ruleset(String id) {
            return new Ruleset(
                    id,
                    "name of " + id,
                    oneOf(NAMESPACES),
                    chance(70),
                    chance(25),
                    chance(10),
                    expression(),
                    rules(),
                    rules());
        }

        private List<Rule> rules() {
            List<Rule> rules = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                List<ProtocolPorts> ports = new ArrayList<>();
                for (int port = random.nextInt(4); port > 0; port--) {
                    ports.add(ProtocolPorts.parse(oneOf(PORTS)));
                }
                rules.add(
                        new Rule(
                                "rule " + i,
                                oneOf(List.of(Action.values())),
                                expression(),
                                ports,
                                chance(35),
                                chance(20)));
            }
            return rules;
        }

        private ExternalNetwork network(String id) {
            List<NetworkEntry> entries = new ArrayList<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                Prefix prefix = Prefix.parse(oneOf(PREFIXES));
                entries.add(
                        chance(30)
                                ? new NetworkEntry.Excluded(prefix)
                                : new NetworkEntry.Included(prefix));
            }
            return new ExternalNetwork(id, id, oneOf(NAMESPACES), chance(70), tags(), entries);
        }

        private Set<String> tags() {
            Set<String> tags = new HashSet<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                tags.add(oneOf(List.of("a=1", "a=2", "b=1", "b=2")));
            }
            return tags;
        }

        private TagExpression expression() {
            List<List<String>> clauses = new ArrayList<>();
            for (int i = random.nextInt(5) / 2; i >= 0; i--) {
                List<String> clause = new ArrayList<>();
                for (int term = random.nextInt(3) / 2; term >= 0; term--) {
                    clause.add(oneOf(List.of("a=1", "a=2", "b=1", "a=*", "b*", "c=1")));
                }
                clauses.add(clause);
            }
            return chance(5) ? TagExpression.NOTHING : new TagExpression(clauses);
        }

        private TrafficAction trafficAction() {
            return oneOf(List.of(TrafficAction.values()));
        }

        Traffic traffic() {
            return switch (random.nextInt(6)) {
                case 0, 1 -> Traffic.tcp(random.nextInt(6));
                case 2 -> Traffic.udp(random.nextInt(4));
                case 3 -> Traffic.icmp(random.nextInt(2), random.nextInt(5));
                case 4 -> Traffic.icmp6(random.nextInt(2), random.nextInt(2));
                default -> Traffic.protocol(47);
            };
        }
    }
}
