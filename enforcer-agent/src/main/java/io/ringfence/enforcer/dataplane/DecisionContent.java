package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.Decision;
import java.util.List;
import java.util.function.ToIntFunction;

/// What a decision says, whichever table its texts are numbered in.
///
/// @param bare without its texts
record DecisionContent(Decision bare, List<String> texts) {
    static DecisionContent of(Decision decision, List<String> table) {
        return new DecisionContent(
                decision.toBuilder()
                        .clearPolicyId()
                        .clearPolicyName()
                        .clearPolicyNamespace()
                        .clearRuleName()
                        .clearObservedPolicyId()
                        .clearObservedPolicyNamespace()
                        .build(),
                List.of(
                        text(decision.getPolicyId(), table),
                        text(decision.getPolicyName(), table),
                        text(decision.getPolicyNamespace(), table),
                        text(decision.getRuleName(), table),
                        text(decision.getObservedPolicyId(), table),
                        text(decision.getObservedPolicyNamespace(), table)));
    }

    private static String text(int index, List<String> table) {
        return index < table.size() ? table.get(index) : "";
    }

    /// The same with the numbers that its texts have elsewhere.
    Decision numbered(ToIntFunction<String> number) {
        return bare.toBuilder()
                .setPolicyId(number.applyAsInt(texts.get(0)))
                .setPolicyName(number.applyAsInt(texts.get(1)))
                .setPolicyNamespace(number.applyAsInt(texts.get(2)))
                .setRuleName(number.applyAsInt(texts.get(3)))
                .setObservedPolicyId(number.applyAsInt(texts.get(4)))
                .setObservedPolicyNamespace(number.applyAsInt(texts.get(5)))
                .build();
    }
}
