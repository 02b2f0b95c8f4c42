package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.schedule.Cron;
import io.ringfence.contracts.schedule.Schedule;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.names.DnsAnswers;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes what [WorldText] reads, a statement a line. A ruleset's given name is lost.
final class WorldWriter {
    private final StringBuilder text = new StringBuilder();

    static String write(World world, DnsAnswers answers) {
        WorldWriter writer = new WorldWriter();
        sorted(world.namespaces()).forEach(writer::namespace);
        sorted(world.processingUnits()).forEach(writer::unit);
        sorted(world.externalNetworks()).forEach(writer::network);
        sorted(world.rulesets()).forEach(writer::ruleset);
        answers.answers()
                .forEach(answer ->
                        writer.line(
                                "dns",
                                answer.name(),
                                answer.address().getHostAddress(),
                                answer.received().toString(),
                                String.valueOf(answer.timeToLive().toSeconds())));
        return writer.text.toString();
    }

    private static <V> Collection<V> sorted(Map<String, V> objects) {
        return new TreeMap<>(objects).values();
    }

    private void namespace(NamespaceState state) {
        line(
                "ns",
                state.name(),
                state.incoming().name(),
                state.outgoing().name(),
                state.organizationalMetadata().isEmpty()
                        ? ""
                        : "org=" + String.join(",", state.organizationalMetadata()));
    }

    private void unit(ProcessingUnit unit) {
        line(
                "pu",
                unit.id(),
                unit.namespace(),
                list(unit.addresses().stream().map(InetAddress::getHostAddress)),
                list(unit.tags().stream().filter(tag -> !tag.startsWith("$")).sorted()),
                unit.running() ? "" : "stopped",
                unit.enforcerId().isEmpty() ? "unenforced" : "enforcer=" + unit.enforcerId(),
                targets("tcp", unit.targets().tcp()),
                targets("udp", unit.targets().udp()));
    }

    private static String targets(String protocol, List<List<NetworkEntry>> lists) {
        return lists.isEmpty()
                ? ""
                : lists.stream()
                        .map(entries -> list(entries.stream().map(NetworkEntry::toString)))
                        .collect(Collectors.joining("_", protocol + "=", ""));
    }

    private void network(ExternalNetwork network) {
        line(
                "net",
                network.id(),
                network.namespace(),
                list(network.entries().stream().map(NetworkEntry::toString)),
                list(network.tags().stream().sorted()),
                network.propagate() ? "propagate" : "");
    }

    private void ruleset(Ruleset ruleset) {
        line(
                "rs",
                ruleset.id(),
                ruleset.namespace(),
                expression(ruleset.subject()),
                ruleset.propagate() ? "propagate" : "",
                ruleset.fallback() ? "fallback" : "",
                ruleset.disabled() ? "disabled" : "",
                ruleset.validity().schedule().map(WorldWriter::schedule).orElse(""),
                ruleset.validity().expires().map(end -> "until=" + end).orElse(""));
        ruleset.incoming().forEach(rule -> rule("in", rule));
        ruleset.outgoing().forEach(rule -> rule("out", rule));
    }

    private void rule(String direction, Rule rule) {
        line(
                direction,
                rule.action().name(),
                expression(rule.object()),
                rule.ports().isEmpty()
                        ? "-"
                        : rule.ports().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining("+")),
                rule.observation() ? "observe" : "",
                rule.logsDisabled() ? "quiet" : "",
                rule.name().isEmpty() ? "" : "as=" + rule.name());
    }

    private static String schedule(Schedule schedule) {
        Cron cron = schedule.begins();
        return "cron=%s_%s_%s_%s_%s for=%d"
                .formatted(
                        numbers(cron.minutes(), 60),
                        numbers(cron.hours(), 24),
                        numbers(cron.monthDays(), 31),
                        numbers(cron.months(), 12),
                        numbers(cron.weekDays(), 8),
                        schedule.lasts().toMinutes());
    }

    private static String numbers(BitSet field, int all) {
        return field.cardinality() == all
                ? "*"
                : field.stream().mapToObj(String::valueOf).collect(Collectors.joining(","));
    }

    private static String expression(TagExpression expression) {
        return list(expression.clauses().stream().map(clause -> String.join("&", clause)));
    }

    private static String list(Stream<String> words) {
        List<String> all = words.toList();
        return all.isEmpty() ? "-" : String.join(",", all);
    }

    private void line(String... words) {
        text.append(
                        Stream.of(words)
                                .filter(word -> !word.isEmpty())
                                .collect(Collectors.joining(" ")))
                .append(";\n");
    }
}
