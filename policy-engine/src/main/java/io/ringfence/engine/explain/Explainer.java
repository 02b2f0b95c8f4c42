package io.ringfence.engine.explain;

import io.ringfence.engine.Action;
import io.ringfence.engine.Direction;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.Traffic;
import io.ringfence.engine.Verdict;
import io.ringfence.engine.World;
import java.util.List;
import java.util.function.Predicate;

/// Explains connections in a world, which was cut to an instant before ([World#at]).
public final class Explainer {
    private final World world;
    private final String seenFrom;
    private final Predicate<Ruleset> readable;

    /// @param seenFrom the namespace in whose tenant an address is looked up when neither end names
    ///   a namespace itself
    /// @param readable which rulesets may be named to whoever asks
    public Explainer(World world, String seenFrom, Predicate<Ruleset> readable) {
        this.world = world;
        this.seenFrom = seenFrom;
        this.readable = readable;
    }

    /// @throws IllegalArgumentException for a processing unit that is not in the world
    public Explanation explain(Question question) {
        String from = namespaceOf(question.source(), namespaceOf(question.destination(), seenFrom));
        String to = namespaceOf(question.destination(), from);
        Party source = Party.of(world, question.source(), to);
        Party destination = Party.of(world, question.destination(), from);
        Side outgoing = side(Direction.OUTGOING, source, destination, question.traffic());
        Side incoming = side(Direction.INCOMING, destination, source, question.traffic());
        boolean rejected = rejects(outgoing) || rejects(incoming);
        return new Explanation(
                rejected ? Action.REJECT : Action.ALLOW,
                outgoing,
                incoming,
                Sentences.about(outgoing, incoming));
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
        Situation situation = Situation.of(world, direction, judged, peer, traffic);
        Verdict verdict = situation.verdict();
        boolean mayReadAbout = isReadable(verdict.policyId());
        return new Side.Judged(
                shown(verdict, mayReadAbout),
                !mayReadAbout,
                verdict.isDefault() && verdict.action() == Action.REJECT
                        ? new NearestRules(situation, readable).find()
                        : List.of());
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
