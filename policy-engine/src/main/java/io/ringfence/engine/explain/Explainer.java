package io.ringfence.engine.explain;

import io.ringfence.engine.Action;
import io.ringfence.engine.Direction;
import io.ringfence.engine.PolicyEvaluator;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.Traffic;
import io.ringfence.engine.Verdict;
import io.ringfence.engine.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Explains connections in a world, which was cut to an instant before ([World#at]). One explainer
/// may be asked many questions and remembers what they share; it is not for several threads at
/// once.
public final class Explainer {
    private final World world;
    private final String seenFrom;
    private final Predicate<Ruleset> readable;
    private final Owners owners;
    private final Map<String, Map<String, Ruleset>> reaching = new HashMap<>();

    /// @param seenFrom the namespace in whose tenant an address is looked up when neither end names
    ///   a namespace itself
    /// @param readable which rulesets may be named to whoever asks
    public Explainer(World world, String seenFrom, Predicate<Ruleset> readable) {
        this.world = world;
        this.owners = new Owners(world);
        this.seenFrom = seenFrom;
        this.readable = readable;
    }

    /// @throws IllegalArgumentException for a processing unit that is not in the world
    public Explanation explain(Question question) {
        return explanation(side(Direction.OUTGOING, question), side(Direction.INCOMING, question));
    }

    /// What one end says, as if the other had no say.
    ///
    /// @throws IllegalArgumentException for a processing unit that is not in the world
    public Explanation explain(Question question, Direction only) {
        return switch (only) {
            case OUTGOING -> explanation(side(only, question), new Side.NotApplicable());
            case INCOMING -> explanation(new Side.NotApplicable(), side(only, question));
        };
    }

    private static Explanation explanation(Side outgoing, Side incoming) {
        boolean rejected = rejects(outgoing) || rejects(incoming);
        return new Explanation(
                rejected ? Action.REJECT : Action.ALLOW,
                outgoing,
                incoming,
                Sentences.about(outgoing, incoming));
    }

    private Side side(Direction direction, Question question) {
        String from = namespaceOf(question.source(), namespaceOf(question.destination(), seenFrom));
        String to = namespaceOf(question.destination(), from);
        Party source = Party.of(world, owners, question.source(), to);
        Party destination = Party.of(world, owners, question.destination(), from);
        return switch (direction) {
            case OUTGOING -> side(direction, source, destination, question.traffic());
            case INCOMING -> side(direction, destination, source, question.traffic());
        };
    }

    private String namespaceOf(Endpoint endpoint, String otherwise) {
        return switch (endpoint) {
            case Endpoint.Unit(String id) -> {
                var unit = world.processingUnits().get(id);
                yield unit == null ? otherwise : unit.namespace();
            }
            case Endpoint.Hypothetical hypothetical -> hypothetical.namespace();
            case Endpoint.Address _ -> otherwise;
        };
    }

    private Side side(Direction direction, Party judged, Party peer, Traffic traffic) {
        if (!judged.isUnit() || !judged.enforced()) {
            return new Side.NotApplicable();
        }
        Situation situation =
                Situation.of(world, reaching(judged.namespace()), direction, judged, peer, traffic);
        Verdict verdict = situation.verdict();
        boolean mayReadAbout = isReadable(verdict.policyId());
        return new Side.Judged(
                shown(verdict, mayReadAbout),
                !mayReadAbout,
                verdict.isDefault() && verdict.action() == Action.REJECT
                        ? new NearestRules(situation, readable).find()
                        : List.of());
    }

    private Map<String, Ruleset> reaching(String namespace) {
        return reaching.computeIfAbsent(
                namespace,
                unknown ->
                        PolicyEvaluator.reaching(world, unknown)
                                .collect(Collectors.toMap(Ruleset::id, Function.identity())));
    }

    private Verdict shown(Verdict verdict, boolean mayReadAbout) {
        boolean mayReadObserved = isReadable(verdict.observedPolicyId());
        return new Verdict(
                verdict.action(),
                mayReadAbout ? verdict.policyId() : "",
                mayReadAbout ? verdict.policyName() : "",
                mayReadAbout ? verdict.policyNamespace() : "",
                mayReadAbout ? verdict.ruleName() : "",
                verdict.observedAction(),
                mayReadObserved ? verdict.observedPolicyId() : "",
                mayReadObserved ? verdict.observedPolicyNamespace() : "",
                verdict.silent());
    }

    private boolean isReadable(String policyId) {
        Ruleset ruleset = world.rulesets().get(policyId);
        return ruleset == null || readable.test(ruleset);
    }

    private static boolean rejects(Side side) {
        return side instanceof Side.Judged judged && judged.verdict().action() == Action.REJECT;
    }
}
