package io.ringfence.enforcer.observe;

import io.ringfence.contracts.flow.FlowAction;

/// What decided about a flow, and who is named for it. Texts are empty where there is nothing to
/// name.
///
/// @param observedAction what rules under observation would have said; UNSPECIFIED when none
///   matched
public record Judgement(
        FlowAction action,
        String policyId,
        String policyName,
        String policyNamespace,
        String ruleName,
        FlowAction observedAction,
        String observedPolicyId,
        String observedPolicyNamespace) {}
