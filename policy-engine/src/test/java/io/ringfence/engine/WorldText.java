package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A world written down in statements that `;` separates. Names are ids.
///
/// ```
/// ns NAME INCOMING OUTGOING [org=TAG,…]
/// pu NAME NAMESPACE ADDRESS,… TAG,… [stopped] [unenforced|enforcer=NAME]
///     [tcp=ENTRY,…_ENTRY,…] [udp=ENTRY,…_ENTRY,…]      (target networks of each profile)
/// net NAME NAMESPACE ENTRY,… TAG,… [propagate]
/// rs NAME NAMESPACE SUBJECT [propagate] [fallback] [disabled]
///     [cron=M_H_D_M_W for=MINUTES] [until=INSTANT]
/// in|out ACTION OBJECT PORT+… [observe] [quiet] [as=NAME]      (a rule of the ruleset before)
/// dns NAME ADDRESS INSTANT SECONDS      (the instant it was received, its time to live)
/// ```
///
/// In subjects and objects `&` is and, `,` is or, `-` is the empty expression. A processing unit
/// has its derived tags besides.
final class WorldText {
    static final Duration GRACE = Duration.ofSeconds(30);

    private final Map<String, NamespaceState> namespaces = new LinkedHashMap<>();
    private final Map<String, ProcessingUnit> units = new LinkedHashMap<>();
    private final LinkedHashMap<String, Ruleset> rulesets = new LinkedHashMap<>();
    private final Map<String, ExternalNetwork> networks = new LinkedHashMap<>();
    private final List<DnsAnswer> answers = new ArrayList<>();

    static World parse(String... texts) {
        return read(texts).world();
    }

    static WorldText read(String... texts) {
        WorldText world = new WorldText();
        for (String text : texts) {
            for (String statement : text.split(";")) {
                if (!statement.isBlank()) {
                    world.add(statement.strip().split("\\s+"));
                }
            }
        }
        return world;
    }

    World world() {
        return new World(namespaces, units, rulesets, networks);
    }

    DnsAnswers answers() {
        return new DnsAnswers(answers, GRACE);
    }

    private void add(String[] words) {
        Set<String> flags = new HashSet<>(List.of(words));
        switch (words[0]) {
            case "ns" ->
                    namespaces.put(
                            words[1],
                            new NamespaceState(
                                    words[1],
                                    trafficAction(words[2]),
                                    trafficAction(words[3]),
                                    option(words, "org")
                                            .map(tags -> List.of(tags.split(",")))
                                            .orElse(List.of())));
            case "pu" -> units.put(words[1], unit(words, flags));
            case "net" ->
                    networks.put(
                            words[1],
                            new ExternalNetwork(
                                    words[1],
                                    words[1],
                                    words[2],
                                    flags.contains("propagate"),
                                    tags(words[4]),
                                    entries(words[3])));
            case "rs" ->
                    rulesets.put(
                            words[1],
                            new Ruleset(
                                    words[1],
                                    "ruleset " + words[1],
                                    words[2],
                                    flags.contains("propagate"),
                                    flags.contains("fallback"),
                                    flags.contains("disabled"),
                                    validity(words),
                                    expression(words[3]),
                                    List.of(),
                                    List.of()));
            case "in", "out" -> addRule(words, flags);
            case "dns" ->
                    answers.add(
                            new DnsAnswer(
                                    words[1],
                                    InetAddress.ofLiteral(words[2]),
                                    Instant.parse(words[3]),
                                    Duration.ofSeconds(Long.parseLong(words[4]))));
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
    }

    private static ProcessingUnit unit(String[] words, Set<String> flags) {
        Set<String> tags = new HashSet<>(tags(words[4]));
        tags.addAll(
                List.of("$identity=processingunit", "$name=" + words[1], "$namespace=" + words[2]));
        List<InetAddress> addresses =
                words[3].equals("-")
                        ? List.of()
                        : Stream.of(words[3].split(",")).map(InetAddress::ofLiteral).toList();
        return new ProcessingUnit(
                words[1],
                words[2],
                flags.contains("unenforced") ? "" : option(words, "enforcer").orElse("enforcer"),
                tags,
                addresses,
                !flags.contains("stopped"),
                new TargetNetworks(targets(words, "tcp"), targets(words, "udp")));
    }

    private static List<List<NetworkEntry>> targets(String[] words, String protocol) {
        return option(words, protocol).stream()
                .flatMap(lists -> Stream.of(lists.split("_")))
                .map(WorldText::entries)
                .toList();
    }

    private static Validity validity(String[] words) {
        Optional<Schedule> schedule =
                option(words, "cron")
                        .map(cron ->
                                Schedule.of(
                                        cron.replace('_', ' '),
                                        Duration.ofMinutes(
                                                Long.parseLong(
                                                        option(words, "for").orElseThrow()))));
        return new Validity(schedule, option(words, "until").map(Instant::parse));
    }

    private static Optional<String> option(String[] words, String name) {
        return Stream.of(words)
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }

    private void addRule(String[] words, Set<String> flags) {
        Rule rule =
                new Rule(
                        option(words, "as").orElse(""),
                        Action.valueOf(words[1].toUpperCase(Locale.ROOT)),
                        expression(words[2]),
                        words[3].equals("-")
                                ? List.of()
                                : Stream.of(words[3].split("\\+"))
                                        .map(ProtocolPorts::parse)
                                        .toList(),
                        flags.contains("observe"),
                        flags.contains("quiet"));
        Ruleset last = rulesets.lastEntry().getValue();
        rulesets.put(
                last.id(),
                words[0].equals("in")
                        ? withRules(last, with(last.incoming(), rule), last.outgoing())
                        : withRules(last, last.incoming(), with(last.outgoing(), rule)));
    }

    static Ruleset withRules(Ruleset ruleset, List<Rule> incoming, List<Rule> outgoing) {
        return new Ruleset(
                ruleset.id(),
                ruleset.name(),
                ruleset.namespace(),
                ruleset.propagate(),
                ruleset.fallback(),
                ruleset.disabled(),
                ruleset.validity(),
                ruleset.subject(),
                incoming,
                outgoing);
    }

    private static List<Rule> with(List<Rule> rules, Rule rule) {
        List<Rule> longer = new ArrayList<>(rules);
        longer.add(rule);
        return longer;
    }

    private static List<NetworkEntry> entries(String text) {
        return Stream.of(text.split(",")).map(NetworkEntry::parse).toList();
    }

    static Set<String> tags(String text) {
        return text.equals("-") ? Set.of() : Set.of(text.split(","));
    }

    static TagExpression expression(String text) {
        return text.equals("-")
                ? TagExpression.NOTHING
                : new TagExpression(
                        Stream.of(text.split(","))
                                .map(clause -> List.of(clause.split("&")))
                                .toList());
    }

    private static TrafficAction trafficAction(String text) {
        return TrafficAction.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
