package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntries;
import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.tag.TagExpression;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A world written down in statements that `;` separates. Names are ids.
///
/// ```
/// ns NAME INCOMING OUTGOING
/// pu NAME NAMESPACE ADDRESS,… TAG,… [stopped] [unenforced]
/// net NAME NAMESPACE ENTRY,… TAG,… [propagate]
/// rs NAME NAMESPACE SUBJECT [propagate] [fallback] [disabled]
/// in|out ACTION OBJECT PORT+… [observe] [quiet] [as=NAME]      (a rule of the ruleset before)
/// ```
///
/// In subjects and objects `&` is and, `,` is or, `-` is the empty expression.
final class WorldText {
    private final Map<String, NamespaceState> namespaces = new LinkedHashMap<>();
    private final Map<String, ProcessingUnit> units = new LinkedHashMap<>();
    private final LinkedHashMap<String, Ruleset> rulesets = new LinkedHashMap<>();
    private final Map<String, ExternalNetwork> networks = new LinkedHashMap<>();

    static World parse(String... texts) {
        WorldText world = new WorldText();
        for (String text : texts) {
            for (String statement : text.split(";")) {
                if (!statement.isBlank()) {
                    world.add(statement.strip().split("\\s+"));
                }
            }
        }
        return new World(world.namespaces, world.units, world.rulesets, world.networks);
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
                                    List.of()));
            case "pu" -> units.put(words[1], unit(words, flags));
            case "net" ->
                    networks.put(
                            words[1],
                            new ExternalNetwork(
                                    words[1],
                                    words[1],
                                    words[2],
                                    flags.contains("propagate"),
                                    Set.of(words[4].split(",")),
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
                                    expression(words[3]),
                                    List.of(),
                                    List.of()));
            case "in", "out" -> addRule(words, flags);
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
    }

    private static ProcessingUnit unit(String[] words, Set<String> flags) {
        Set<String> tags = new HashSet<>(List.of(words[4].split(",")));
        tags.addAll(
                List.of("$identity=processingunit", "$name=" + words[1], "$namespace=" + words[2]));
        List<InetAddress> addresses =
                words[3].equals("-")
                        ? List.of()
                        : List.of(words[3].split(",")).stream()
                                .map(InetAddress::ofLiteral)
                                .toList();
        return new ProcessingUnit(
                words[1],
                words[2],
                flags.contains("unenforced") ? "" : "enforcer",
                tags,
                addresses,
                !flags.contains("stopped"));
    }

    private void addRule(String[] words, Set<String> flags) {
        String name = "";
        for (String word : words) {
            name = word.startsWith("as=") ? word.substring(3) : name;
        }
        Rule rule =
                new Rule(
                        name,
                        Action.valueOf(words[1].toUpperCase(Locale.ROOT)),
                        expression(words[2]),
                        words[3].equals("-")
                                ? List.of()
                                : ProtocolPorts.parseAll(List.of(words[3].split("\\+"))),
                        flags.contains("observe"),
                        flags.contains("quiet"));
        Ruleset last = rulesets.lastEntry().getValue();
        rulesets.put(
                last.id(),
                new Ruleset(
                        last.id(),
                        last.name(),
                        last.namespace(),
                        last.propagate(),
                        last.fallback(),
                        last.disabled(),
                        last.subject(),
                        words[0].equals("in") ? with(last.incoming(), rule) : last.incoming(),
                        words[0].equals("out") ? with(last.outgoing(), rule) : last.outgoing()));
    }

    private static List<Rule> with(List<Rule> rules, Rule rule) {
        List<Rule> longer = new ArrayList<>(rules);
        longer.add(rule);
        return longer;
    }

    private static List<NetworkEntry> entries(String text) {
        return NetworkEntries.parse(List.of(text.split(","))).entries();
    }

    private static TagExpression expression(String text) {
        return text.equals("-")
                ? TagExpression.NOTHING
                : TagExpression.parse(
                        List.of(text.split(",")).stream()
                                .map(clause -> List.of(clause.split("&")))
                                .toList());
    }

    private static TrafficAction trafficAction(String text) {
        return TrafficAction.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
