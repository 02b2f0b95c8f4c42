package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.schedule.Schedule;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.names.DnsAnswer;
import io.ringfence.engine.names.DnsAnswers;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Draws small crowded worlds, in which everything collides with everything.
record Dice(Random random) {
    static final List<String> NAMESPACES = List.of("/", "/a", "/a/b", "/a/b/c", "/a/bc", "/d");
    static final List<String> ADDRESSES =
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
    static final List<String> PREFIXES =
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
    static final List<String> PORTS =
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

    private static final List<String> NAMES =
            List.of("a.example", "b.a.example", "c.b.a.example", "xa.example");
    private static final List<String> DOMAINS = List.of("a.example", "*.a.example", "*.example");
    private static final List<String> CRONS =
            List.of("0 8 * * *", "*/7 * * * 1-5", "30 22 * * 5", "0 0 1,15 * 3");

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

    ProcessingUnit unit(String id) {
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            addresses.add(InetAddress.ofLiteral(oneOf(ADDRESSES)));
        }
        String enforcer = chance(85) ? "e" + random.nextInt(3) : "";
        return new ProcessingUnit(
                id,
                oneOf(NAMESPACES),
                enforcer,
                tags(),
                addresses,
                chance(85),
                chance(20) ? targets() : TargetNetworks.EVERYWHERE);
    }

    private TargetNetworks targets() {
        return new TargetNetworks(targetLists(), targetLists());
    }

    private List<List<NetworkEntry>> targetLists() {
        List<List<NetworkEntry>> lists = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            List<NetworkEntry> entries = new ArrayList<>();
            entries.add(new NetworkEntry.Included(Prefix.parse(oneOf(PREFIXES))));
            if (chance(50)) {
                entries.add(new NetworkEntry.Excluded(Prefix.parse(oneOf(PREFIXES))));
            }
            lists.add(entries);
        }
        return lists;
    }

    Ruleset ruleset(String id) {
        return new Ruleset(
                id,
                "name of " + id,
                oneOf(NAMESPACES),
                chance(70),
                chance(25),
                chance(10),
                validity(),
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
                            "rule" + i,
                            oneOf(List.of(Action.values())),
                            expression(),
                            ports,
                            chance(35),
                            chance(20)));
        }
        return rules;
    }

    ExternalNetwork network(String id) {
        List<NetworkEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            Prefix prefix = Prefix.parse(oneOf(PREFIXES));
            if (chance(20)) {
                entries.add(NetworkEntry.parse(oneOf(DOMAINS)));
            } else if (chance(30)) {
                entries.add(new NetworkEntry.Excluded(prefix));
            } else {
                entries.add(new NetworkEntry.Included(prefix));
            }
        }
        return new ExternalNetwork(id, id, oneOf(NAMESPACES), chance(70), tags(), entries);
    }

    Set<String> tags() {
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

    TrafficAction trafficAction() {
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

    /// Within the week from Monday, 2 November 2026.
    Instant instant() {
        return Instant.parse("2026-11-02T00:00:00Z").plusSeconds(random.nextInt(7 * 24 * 60 * 60));
    }

    private Validity validity() {
        Optional<Schedule> schedule =
                chance(10)
                        ? Optional.of(
                                Schedule.of(
                                        oneOf(CRONS), Duration.ofMinutes(random.nextInt(1, 600))))
                        : Optional.empty();
        return new Validity(schedule, chance(5) ? Optional.of(instant()) : Optional.empty());
    }

    /// Some that hold at this instant, and some that do not any more, or not yet.
    DnsAnswers answers(Instant now) {
        List<DnsAnswer> answers = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            answers.add(
                    new DnsAnswer(
                            oneOf(NAMES),
                            InetAddress.ofLiteral(oneOf(ADDRESSES)),
                            now.plusSeconds(random.nextInt(-100, 10)),
                            Duration.ofSeconds(random.nextInt(60))));
        }
        return new DnsAnswers(answers, Duration.ofSeconds(20));
    }
}
