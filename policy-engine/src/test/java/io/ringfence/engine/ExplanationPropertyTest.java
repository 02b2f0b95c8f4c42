package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.explain.Endpoint;
import io.ringfence.engine.explain.Explainer;
import io.ringfence.engine.explain.Explanation;
import io.ringfence.engine.explain.NearRule;
import io.ringfence.engine.explain.Question;
import io.ringfence.engine.explain.Side;
import io.ringfence.engine.names.DnsAnswers;
import io.ringfence.engine.reference.ReferenceJudge;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Over random worlds: verdicts are those of the reference, and whoever does what the nearest rule
/// asks for gets an Allow. Repeat a failure with `-Dringfence.test.seed=SEED`.
class ExplanationPropertyTest {
    private static final int WORLDS = 4_000;
    private static final DnsAnswers SILENCE = new DnsAnswers(List.of(), Duration.ZERO);

    private final long seed = Long.getLong("ringfence.test.seed", System.nanoTime());
    private final Dice dice = new Dice(new Random(seed));

    @Test
    void verdictsAreThoseOfTheReference() {
        for (int i = 0; i < WORLDS; i++) {
            World world = dice.world();
            Instant now = dice.instant();
            ReferenceJudge reference = new ReferenceJudge(world, SILENCE, now);
            InetAddress from = InetAddress.ofLiteral(dice.oneOf(Dice.ADDRESSES));
            for (ProcessingUnit unit : world.processingUnits().values()) {
                Traffic traffic = dice.traffic();
                Explanation explanation =
                        explain(
                                world.at(now),
                                new Question(
                                        new Endpoint.Address(from),
                                        new Endpoint.Unit(unit.id()),
                                        traffic));
                if (unit.enforcerId().isEmpty()) {
                    assertThat(explanation.incoming()).isEqualTo(new Side.NotApplicable());
                } else {
                    assertThat(verdict(explanation.incoming()))
                            .as("seed %d, world %d, %s to %s", seed, i, from, unit)
                            .isEqualTo(reference.judge(Direction.INCOMING, unit, from, traffic));
                }
            }
        }
    }

    @Test
    void whatIsMissingIsAllThatIsMissing() {
        int told = 0;
        for (int i = 0; i < WORLDS; i++) {
            World world = dice.world();
            Question question = new Question(endpoint(world), endpoint(world), dice.traffic());
            Explanation explanation = explain(world, question);
            for (Direction direction : Direction.values()) {
                if (side(explanation, direction) instanceof Side.Judged judged) {
                    assertThat(judged.nearest()).hasSizeLessThanOrEqualTo(5);
                    for (NearRule near : judged.nearest()) {
                        told++;
                        for (Traffic traffic : traffics(near, question.traffic())) {
                            assertThat(verdictAfter(world, question, direction, near, traffic))
                                    .as(
                                            "seed %d, world %d: %s %s needs %s%n%s",
                                            seed,
                                            i,
                                            question,
                                            direction,
                                            near,
                                            WorldWriter.write(world, SILENCE))
                                    .isEqualTo(Action.ALLOW);
                        }
                    }
                }
            }
        }
        assertThat(told).isGreaterThan(WORLDS / 10);
    }

    @Test
    void nobodyIsToldWhatTheyMayNotRead() {
        for (int i = 0; i < WORLDS; i++) {
            World world = dice.world();
            Question question = new Question(endpoint(world), endpoint(world), dice.traffic());
            Explanation blind = new Explainer(world, "/", _ -> false).explain(question);
            Explanation seeing = explain(world, question);
            assertThat(blind.toString()).doesNotContain("policyId=r").doesNotContain("name of");
            assertThat(blind.text()).doesNotContain("name of");
            assertThat(blind.action()).isEqualTo(seeing.action());
        }
    }

    private Endpoint endpoint(World world) {
        return switch (dice.random().nextInt(3)) {
            case 0 ->
                    new Endpoint.Unit(
                            dice.oneOf(
                                    world.processingUnits().keySet().stream().sorted().toList()));
            case 1 -> new Endpoint.Hypothetical(dice.oneOf(Dice.NAMESPACES), dice.tags());
            default -> new Endpoint.Address(InetAddress.ofLiteral(dice.oneOf(Dice.ADDRESSES)));
        };
    }

    private static Explanation explain(World world, Question question) {
        return new Explainer(world, "/", _ -> true).explain(question);
    }

    private static Side side(Explanation explanation, Direction direction) {
        return direction == Direction.INCOMING ? explanation.incoming() : explanation.outgoing();
    }

    private static Verdict verdict(Side side) {
        return ((Side.Judged) side).verdict();
    }

    /// The question again, in a world in which both ends have what they lacked.
    private static Action verdictAfter(
            World world, Question question, Direction direction, NearRule near, Traffic traffic) {
        boolean peerIsSource = direction == Direction.INCOMING;
        Change change = new Change(world);
        Endpoint source =
                change.give(
                        question.source(),
                        tags(near.missingOnSource()),
                        peerIsSource ? near : null,
                        question.destination());
        Endpoint destination =
                change.give(
                        question.destination(),
                        tags(near.missingOnDestination()),
                        peerIsSource ? null : near,
                        question.source());
        Explanation after = explain(change.world, new Question(source, destination, traffic));
        return verdict(side(after, direction)).action();
    }

    private static Set<String> tags(List<String> terms) {
        Set<String> tags = new HashSet<>();
        for (String term : terms) {
            tags.add(TagExpression.isPrefix(term) ? TagExpression.prefixOf(term) : term);
        }
        return tags;
    }

    private static List<Traffic> traffics(NearRule near, Traffic asked) {
        return near.ports().isEmpty()
                ? List.of(asked)
                : near.ports().stream()
                        .map(ProtocolPorts::parse)
                        .map(ports ->
                                switch (ports) {
                                    case ProtocolPorts.Any() -> asked;
                                    case ProtocolPorts.Ports range ->
                                            new Traffic(range.protocol(), range.low(), 0, 0);
                                    case ProtocolPorts.Icmp icmp ->
                                            new Traffic(
                                                    icmp.protocol(),
                                                    0,
                                                    icmp.type().orElse(0),
                                                    icmp.codes().isEmpty()
                                                            ? 0
                                                            : icmp.codes().getFirst().low());
                                    case ProtocolPorts.Protocol(int number) ->
                                            Traffic.protocol(number);
                                })
                        .toList();
    }

    /// A world that is given tags.
    private static final class Change {
        private World world;

        Change(World world) {
            this.world = world;
        }

        /// @param peer set when this end is seen from the other
        Endpoint give(Endpoint end, Set<String> tags, @Nullable NearRule peer, Endpoint otherEnd) {
            if (tags.isEmpty()) {
                return end;
            }
            if (peer != null && peer.peer() == NearRule.PeerKind.EXTERNAL_NETWORK) {
                network(peer.externalNetwork(), tags);
                return end;
            }
            if (peer != null && peer.peer() == NearRule.PeerKind.SOMEWHERE) {
                return somewhere(end, tags);
            }
            return switch (end) {
                case Endpoint.Hypothetical(String namespace, Set<String> had) ->
                        new Endpoint.Hypothetical(namespace, union(had, tags));
                case Endpoint.Unit(String id) -> unit(id, tags, end);
                case Endpoint.Address(InetAddress address) ->
                        unit(owner(address, otherEnd), tags, end);
            };
        }

        private String owner(InetAddress address, Endpoint otherEnd) {
            String seenFrom =
                    switch (otherEnd) {
                        case Endpoint.Unit(String id) -> unit(id).namespace();
                        case Endpoint.Hypothetical(String namespace, Set<String> _) -> namespace;
                        case Endpoint.Address _ -> "/";
                    };
            return ((Peer.Unit) PolicyEvaluator.peer(world, seenFrom, address)).id();
        }

        private ProcessingUnit unit(String id) {
            return Objects.requireNonNull(world.processingUnits().get(id), id);
        }

        private Endpoint unit(String id, Set<String> tags, Endpoint end) {
            ProcessingUnit had = unit(id);
            Map<String, ProcessingUnit> units = new HashMap<>(world.processingUnits());
            units.put(id, had.withTags(union(had.tags(), tags)));
            world =
                    new World(
                            world.namespaces(), units, world.rulesets(), world.externalNetworks());
            return end;
        }

        private void network(String id, Set<String> tags) {
            ExternalNetwork had = Objects.requireNonNull(world.externalNetworks().get(id), id);
            put(
                    new ExternalNetwork(
                            id,
                            had.name(),
                            had.namespace(),
                            had.propagate(),
                            union(had.tags(), tags),
                            had.entries()));
        }

        /// The address gets a network around it. Who has none is replaced by an address in no
        /// other.
        private Endpoint somewhere(Endpoint end, Set<String> tags) {
            Optional<InetAddress> address =
                    switch (end) {
                        case Endpoint.Address(InetAddress it) -> Optional.of(it);
                        case Endpoint.Unit(String id) -> unit(id).addresses().stream().findFirst();
                        case Endpoint.Hypothetical _ -> Optional.empty();
                    };
            InetAddress nobody = InetAddress.ofLiteral("192.0.2.1");
            if (address.isEmpty()) {
                world =
                        new World(
                                world.namespaces(),
                                world.processingUnits(),
                                world.rulesets(),
                                Map.of());
            }
            put(
                    new ExternalNetwork(
                            "new",
                            "new",
                            "/",
                            true,
                            tags,
                            List.of(new NetworkEntry.Included(Prefix.of(address.orElse(nobody))))));
            return address.isEmpty() ? new Endpoint.Address(nobody) : end;
        }

        private void put(ExternalNetwork network) {
            Map<String, ExternalNetwork> networks = new HashMap<>(world.externalNetworks());
            networks.put(network.id(), network);
            world =
                    new World(
                            world.namespaces(),
                            world.processingUnits(),
                            world.rulesets(),
                            networks);
        }

        private static Set<String> union(Set<String> some, Set<String> others) {
            Set<String> union = new HashSet<>(some);
            union.addAll(others);
            return union;
        }
    }
}
