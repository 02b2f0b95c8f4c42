package io.ringfence.engine;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.port.ProtocolPorts;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// DESIGN §4.2–4.6 word for word, one question at a time and without any index: what explains a
/// single verdict. [PolicyCompiler] must agree with it.
public final class PolicyEvaluator {
    private PolicyEvaluator() {}

    /// As [#judge(World, Direction, String, InetAddress, Traffic)], for protocols without ICMP
    /// types.
    public static Verdict judge(
            World world,
            Direction direction,
            String processingUnitId,
            InetAddress peerAddress,
            int protocol,
            int port) {
        return judge(
                world, direction, processingUnitId, peerAddress, new Traffic(protocol, port, 0, 0));
    }

    /// The verdict of one side only: whoever stands at the other end is asked separately.
    public static Verdict judge(
            World world,
            Direction direction,
            String processingUnitId,
            InetAddress peerAddress,
            Traffic traffic) {
        ProcessingUnit unit = unit(world, processingUnitId);
        return judge(
                world,
                direction,
                unit.namespace(),
                unit.tags(),
                tagsOfPeer(world, unit, peerAddress, traffic),
                traffic);
    }

    /// The verdict of one side, be it stored or imagined, about a peer that is known by its tags.
    ///
    /// @param peers the tags of the processing unit at the other end, or of each external network
    ///   that contains its address
    public static Verdict judge(
            World world,
            Direction direction,
            String namespace,
            Set<String> tags,
            List<Set<String>> peers,
            Traffic traffic) {
        List<Matching> matching = new ArrayList<>();
        for (Ruleset ruleset : applying(world, namespace, tags)) {
            List<Rule> rules = ruleset.rulesOf(direction);
            for (int index = 0; index < rules.size(); index++) {
                Rule rule = rules.get(index);
                if (peers.stream().anyMatch(rule.object()::matches) && covers(rule, traffic)) {
                    matching.add(new Matching(ruleset, rule, index));
                }
            }
        }
        Verdict verdict =
                deciding(matching, false)
                        .map(Matching::verdict)
                        .orElseGet(() -> byDefault(world, namespace, direction));
        return deciding(matching, true)
                .map(observed ->
                        verdict.withObserved(
                                observed.rule.action(),
                                observed.ruleset.id(),
                                observed.ruleset.namespace()))
                .orElse(verdict);
    }

    /// Whom an address is reported as, seen from a namespace. Of several external networks that
    /// contain it: the one with the most specific entry, then the nearest namespace, then the
    /// lowest id.
    public static Peer peer(World world, String namespace, InetAddress address) {
        Optional<ProcessingUnit> owner = owner(world, namespace, address);
        if (owner.isPresent()) {
            return new Peer.Unit(owner.get().id(), owner.get().namespace());
        }
        return containing(world, namespace, address).stream()
                .min(
                        Comparator.comparingInt((ExternalNetwork network) ->
                                        -Entries.longest(network.entries(), Prefix.of(address)))
                                .thenComparingInt(network -> -network.namespace().length())
                                .thenComparing(ExternalNetwork::id))
                .<Peer>map(network -> new Peer.Network(network.id(), network.namespace()))
                .orElseGet(() -> new Peer.Somewhere(address));
    }

    private static ProcessingUnit unit(World world, String id) {
        ProcessingUnit unit = world.processingUnits().get(id);
        if (unit == null) {
            throw new IllegalArgumentException("No processing unit '%s'".formatted(id));
        }
        return unit;
    }

    private static List<Ruleset> applying(World world, String namespace, Set<String> tags) {
        List<Ruleset> all =
                reaching(world, namespace).filter(it -> it.subject().matches(tags)).toList();
        boolean otherEnforces =
                all.stream().anyMatch(ruleset -> !ruleset.fallback() && ruleset.enforces());
        return all.stream().filter(ruleset -> !ruleset.fallback() || !otherEnforces).toList();
    }

    /// The rulesets that speak in a namespace, whomever they are about.
    public static Stream<Ruleset> reaching(World world, String namespace) {
        return world.rulesets().values().stream()
                .filter(ruleset -> !ruleset.disabled())
                .filter(ruleset ->
                        Namespaces.reaches(ruleset.namespace(), ruleset.propagate(), namespace));
    }

    /// The tags rules may match: those of the owner and nothing else, or else, also where the
    /// judged one's enforcer knows no owners, those of each external network that contains the
    /// address.
    private static List<Set<String>> tagsOfPeer(
            World world, ProcessingUnit judged, InetAddress address, Traffic traffic) {
        Optional<ProcessingUnit> owner = owner(world, judged.namespace(), address);
        if (owner.isPresent() && judged.targets().hold(traffic.protocol(), address)) {
            return List.of(owner.get().tags());
        }
        return containing(world, judged.namespace(), address).stream()
                .map(ExternalNetwork::tags)
                .toList();
    }

    /// The running processing unit to which an address belongs, seen from a namespace.
    public static Optional<ProcessingUnit> owner(
            World world, String namespace, InetAddress address) {
        return world.processingUnits().values().stream()
                .filter(unit -> unit.running() && unit.addresses().contains(address))
                .filter(unit -> Namespaces.sameTenant(unit.namespace(), namespace))
                .min(Comparator.comparing(ProcessingUnit::id));
    }

    /// The external networks that contain an address, seen from a namespace. Whether it belongs to
    /// a processing unit is not asked.
    public static List<ExternalNetwork> containing(
            World world, String namespace, InetAddress address) {
        Prefix whole = Prefix.of(address);
        return world.externalNetworks().values().stream()
                .filter(network ->
                        Namespaces.reaches(network.namespace(), network.propagate(), namespace))
                .filter(network -> Entries.contain(network.entries(), whole))
                .toList();
    }

    /// Whether the rule's ports speak of the traffic.
    public static boolean covers(Rule rule, Traffic traffic) {
        return rule.ports().isEmpty()
                || rule.ports().stream().anyMatch(ports -> covers(ports, traffic));
    }

    private static boolean covers(ProtocolPorts ports, Traffic traffic) {
        return switch (ports) {
            case ProtocolPorts.Any() -> true;
            case ProtocolPorts.Ports(int protocol, int low, int high) ->
                    traffic.protocol() == protocol
                            && low <= traffic.port()
                            && traffic.port() <= high;
            case ProtocolPorts.Icmp icmp ->
                    traffic.protocol() == icmp.protocol()
                            && (icmp.type().isEmpty()
                                    || icmp.type().getAsInt() == traffic.icmpType())
                            && (icmp.codes().isEmpty()
                                    || icmp.codes().stream()
                                            .anyMatch(codes ->
                                                    codes.low() <= traffic.icmpCode()
                                                            && traffic.icmpCode() <= codes.high()));
            case ProtocolPorts.Protocol(int number) -> traffic.protocol() == number;
        };
    }

    /// Any reject, else any allow; among several: nearest namespace, lowest ruleset id, rule index.
    private static Optional<Matching> deciding(List<Matching> matching, boolean observation) {
        return matching.stream()
                .filter(match -> match.rule.observation() == observation)
                .min(
                        Comparator.comparing(
                                        (Matching match) -> match.rule.action() == Action.ALLOW)
                                .thenComparingInt(match -> -match.ruleset.namespace().length())
                                .thenComparing(match -> match.ruleset.id())
                                .thenComparingInt(match -> match.index));
    }

    private static Verdict byDefault(World world, String namespace, Direction direction) {
        Namespaces.DefaultAction chosen =
                Namespaces.defaultAction(world.namespaces(), namespace, direction);
        return new Verdict(
                chosen.action(),
                Verdict.DEFAULT,
                Verdict.DEFAULT,
                chosen.namespace(),
                "",
                null,
                "",
                "",
                false);
    }

    private record Matching(Ruleset ruleset, Rule rule, int index) {
        Verdict verdict() {
            return new Verdict(
                    rule.action(),
                    ruleset.id(),
                    ruleset.name(),
                    ruleset.namespace(),
                    rule.name(),
                    null,
                    "",
                    "",
                    rule.logsDisabled());
        }
    }
}
