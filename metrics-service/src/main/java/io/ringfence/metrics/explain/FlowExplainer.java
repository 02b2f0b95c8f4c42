package io.ringfence.metrics.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.engine.Action;
import io.ringfence.engine.World;
import io.ringfence.engine.explain.Explainer;
import io.ringfence.engine.explain.Explanation;
import io.ringfence.engine.explain.Question;
import io.ringfence.engine.explain.Readable;
import io.ringfence.engine.explain.Side;
import io.ringfence.metrics.report.FlowReports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Explains the reports of one answer as things are now (`docs/adr/0017-flow-reports-explain.md`).
///
/// Only the end that rejected is asked, and only if whoever asks may read its processing unit and
/// rulesets. A flow that would not be rejected by default any more is told so.
public final class FlowExplainer {
    private final World world;
    private final Readable readable;
    private final Explainer explainer;
    private final Deadline deadline;
    private final Map<RejectedFlow, String> known = new HashMap<>();

    /// @param world cut to this instant
    public FlowExplainer(World world, Readable readable, Deadline deadline) {
        this.world = world;
        this.readable = readable;
        this.explainer = new Explainer(world, readable.namespace(), readable::ruleset);
        this.deadline = deadline;
    }

    /// Fills in the explanation of each report that can have one, in their order.
    ///
    /// @return how many were left without one because time was up
    public int explain(List<ObjectNode> reports) {
        if (!readable.rulesets()) {
            return 0;
        }
        int left = 0;
        for (ObjectNode report : reports) {
            Optional<RejectedFlow> rejected =
                    RejectedFlow.of(report, world).filter(flow -> readable.holds(flow.namespace()));
            if (rejected.isPresent() && !known.containsKey(rejected.get()) && deadline.isOver()) {
                left++;
            } else {
                rejected.ifPresent(flow ->
                        report.put(
                                FlowReports.EXPLANATION,
                                known.computeIfAbsent(flow, this::explain)));
            }
        }
        return left;
    }

    private String explain(RejectedFlow flow) {
        Explanation explanation =
                explainer.explain(
                        new Question(flow.source(), flow.destination(), flow.traffic()),
                        flow.direction());
        Side side =
                switch (flow.direction()) {
                    case OUTGOING -> explanation.outgoing();
                    case INCOMING -> explanation.incoming();
                };
        return switch (side) {
            case Side.NotApplicable() -> "";
            case Side.Judged judged when isStillRejectedByDefault(judged) -> explanation.text();
            // An ICMP rule may be about types, which a report does not tell.
            case Side.Judged _ when flow.traffic().isIcmp() -> "";
            case Side.Judged _ -> "By now it is decided differently. " + explanation.text();
        };
    }

    private static boolean isStillRejectedByDefault(Side.Judged side) {
        return side.verdict().isDefault() && side.verdict().action() == Action.REJECT;
    }
}
