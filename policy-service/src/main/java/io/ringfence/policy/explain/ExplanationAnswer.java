package io.ringfence.policy.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.engine.Action;
import io.ringfence.engine.Verdict;
import io.ringfence.engine.explain.Explanation;
import io.ringfence.engine.explain.NearRule;
import io.ringfence.engine.explain.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer as it is sent: the question, and what is to be said about it in the words of flow
/// reports.
final class ExplanationAnswer {
    private ExplanationAnswer() {}

    static ObjectNode of(ObjectNode question, Explanation explanation) {
        ObjectNode answer = question.deepCopy();
        answer.put("action", word(explanation.action()));
        answer.put("text", explanation.text());
        answer.set("outgoing", side(explanation.outgoing()));
        answer.set("incoming", side(explanation.incoming()));
        return answer;
    }

    private static ObjectNode side(Side side) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (side) {
            case Side.NotApplicable() -> json.put("action", word(null));
            case Side.Judged(Verdict verdict, boolean withheld, List<NearRule> nearest) -> {
                json.put("action", word(verdict.action()))
                        .put("policyID", verdict.policyId())
                        .put("policyName", verdict.policyName())
                        .put("policyNamespace", verdict.policyNamespace())
                        .put("ruleName", verdict.ruleName())
                        .put("default", verdict.isDefault())
                        .put("withheld", withheld)
                        .put("observed", verdict.observedAction() != null)
                        .put("observedAction", word(verdict.observedAction()))
                        .put("observedPolicyID", verdict.observedPolicyId())
                        .put("observedPolicyNamespace", verdict.observedPolicyNamespace());
                ArrayNode list = json.putArray("nearest");
                nearest.forEach(near -> list.add(near(near)));
                yield json;
            }
        };
    }

    private static ObjectNode near(NearRule near) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("policyID", near.policyId())
                        .put("policyName", near.policyName())
                        .put("policyNamespace", near.policyNamespace())
                        .put("ruleName", near.ruleName())
                        .put("externalNetworkID", near.externalNetwork());
        fill(json.putArray("missing"), near.missing());
        fill(json.putArray("missingOnSource"), near.missingOnSource());
        fill(json.putArray("missingOnDestination"), near.missingOnDestination());
        fill(json.putArray("protocolPorts"), near.ports());
        return json;
    }

    private static void fill(ArrayNode list, List<String> texts) {
        texts.forEach(list::add);
    }

    private static String word(@Nullable Action action) {
        if (action == null) {
            return "NotApplicable";
        }
        return switch (action) {
            case ALLOW -> "Accept";
            case REJECT -> "Reject";
        };
    }
}
