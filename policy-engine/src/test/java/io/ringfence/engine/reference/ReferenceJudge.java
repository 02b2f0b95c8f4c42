package io.ringfence.engine.reference;

import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.engine.Action;
import io.ringfence.engine.Direction;
import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.Peer;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.Traffic;
import io.ringfence.engine.TrafficAction;
import io.ringfence.engine.Verdict;
import io.ringfence.engine.World;
import io.ringfence.engine.names.DnsAnswers;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One side's verdict in a world at an instant.
public record ReferenceJudge(World world, DnsAnswers dns, Instant now) {

    /// What holds for one processing unit, one direction, one peer.
    public Verdict judge(
            Direction direction, ProcessingUnit unit, InetAddress peer, Traffic traffic) {
        List<Set<String>> peers = new ArrayList<>();
        ProcessingUnit owner = owner(unit.namespace(), peer);
        if (owner != null && Addresses.isTarget(unit.targets(), traffic, peer)) {
            peers.add(owner.tags());
        } else {
            for (ExternalNetwork network : containing(unit.namespace(), peer)) {
                peers.add(network.tags());
            }
        }
        return judge(direction, unit.namespace(), unit.tags(), peers, traffic);
    }

    /// @param peers the tags of the processing unit, or of each external network, at the other end
    public Verdict judge(
            Direction direction,
            String namespace,
            Set<String> tags,
            List<Set<String>> peers,
            Traffic traffic) {
        Found enforced = new Found();
        Found observed = new Found();
        for (Ruleset ruleset : applying(namespace, tags)) {
            List<Rule> rules =
                    direction == Direction.INCOMING ? ruleset.incoming() : ruleset.outgoing();
            for (int index = 0; index < rules.size(); index++) {
                Rule rule = rules.get(index);
                boolean peerMatches = false;
                for (Set<String> peer : peers) {
                    peerMatches |= Words.holds(rule.object(), peer);
                }
                if (peerMatches && speaksOf(rule, traffic)) {
                    (rule.observation() ? observed : enforced).add(ruleset, index, rule);
                }
            }
        }
        return verdict(namespace, direction, enforced, observed);
    }

    private List<Ruleset> applying(String namespace, Set<String> tags) {
        List<Ruleset> all = new ArrayList<>();
        for (Ruleset ruleset : world.rulesets().values()) {
            if (!ruleset.disabled()
                    && Moments.isValid(ruleset.validity(), now)
                    && Words.arrives(ruleset.namespace(), ruleset.propagate(), namespace)
                    && Words.holds(ruleset.subject(), tags)) {
                all.add(ruleset);
            }
        }
        boolean fallbacksAreNeeded = true;
        for (Ruleset ruleset : all) {
            List<Rule> rules = new ArrayList<>(ruleset.incoming());
            rules.addAll(ruleset.outgoing());
            for (Rule rule : rules) {
                if (!ruleset.fallback() && !rule.observation()) {
                    fallbacksAreNeeded = false;
                }
            }
        }
        if (!fallbacksAreNeeded) {
            all.removeIf(Ruleset::fallback);
        }
        return all;
    }

    private static boolean speaksOf(Rule rule, Traffic traffic) {
        if (rule.ports().isEmpty()) {
            return true;
        }
        for (ProtocolPorts ports : rule.ports()) {
            if (Words.includes(ports, traffic)) {
                return true;
            }
        }
        return false;
    }

    private Verdict verdict(String namespace, Direction direction, Found enforced, Found observed) {
        Found.Line said = enforced.deciding();
        Found.Line seen = observed.deciding();
        Action observedAction = seen == null ? null : seen.rule().action();
        String observedId = seen == null ? "" : seen.ruleset().id();
        String observedNamespace = seen == null ? "" : seen.ruleset().namespace();
        if (said != null) {
            return new Verdict(
                    said.rule().action(),
                    said.ruleset().id(),
                    said.ruleset().name(),
                    said.ruleset().namespace(),
                    said.rule().name(),
                    observedAction,
                    observedId,
                    observedNamespace,
                    said.rule().logsDisabled());
        }
        Action action = Action.REJECT;
        String decidedIn = "/";
        List<String> path = Words.path(namespace);
        for (int depth = 0; depth <= path.size(); depth++) {
            String name = "/" + String.join("/", path.subList(0, depth));
            NamespaceState state = world.namespaces().get(name);
            TrafficAction here =
                    state == null
                            ? TrafficAction.INHERIT
                            : direction == Direction.INCOMING ? state.incoming() : state.outgoing();
            if (here != TrafficAction.INHERIT) {
                action = here == TrafficAction.ALLOW ? Action.ALLOW : Action.REJECT;
                decidedIn = name;
            }
        }
        return new Verdict(
                action,
                "default",
                "default",
                decidedIn,
                "",
                observedAction,
                observedId,
                observedNamespace,
                false);
    }

    /// Whom the address is reported as, seen from a namespace.
    public Peer peer(String namespace, InetAddress address) {
        ProcessingUnit owner = owner(namespace, address);
        if (owner != null) {
            return new Peer.Unit(owner.id(), owner.namespace());
        }
        ExternalNetwork best = null;
        for (ExternalNetwork network : containing(namespace, address)) {
            if (best == null || isReportedBefore(network, best, address)) {
                best = network;
            }
        }
        return best == null
                ? new Peer.Somewhere(address)
                : new Peer.Network(best.id(), best.namespace());
    }

    private boolean isReportedBefore(
            ExternalNetwork one, ExternalNetwork other, InetAddress address) {
        int longer =
                Addresses.longest(one, dns, now, address)
                        - Addresses.longest(other, dns, now, address);
        int nearer = Words.path(one.namespace()).size() - Words.path(other.namespace()).size();
        if (longer != 0) {
            return longer > 0;
        }
        return nearer != 0 ? nearer > 0 : one.id().compareTo(other.id()) < 0;
    }

    private @Nullable ProcessingUnit owner(String namespace, InetAddress address) {
        ProcessingUnit oldest = null;
        for (ProcessingUnit unit : world.processingUnits().values()) {
            if (unit.running()
                    && unit.addresses().contains(address)
                    && Words.tenant(unit.namespace()).equals(Words.tenant(namespace))
                    && (oldest == null || unit.id().compareTo(oldest.id()) < 0)) {
                oldest = unit;
            }
        }
        return oldest;
    }

    private List<ExternalNetwork> containing(String namespace, InetAddress address) {
        List<ExternalNetwork> containing = new ArrayList<>();
        for (ExternalNetwork network : world.externalNetworks().values()) {
            if (Words.arrives(network.namespace(), network.propagate(), namespace)
                    && Addresses.longest(network, dns, now, address) >= 0
                    && !Addresses.isCutOut(network, address)) {
                containing.add(network);
            }
        }
        return containing;
    }
}
