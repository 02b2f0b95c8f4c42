package io.ringfence.engine;

import org.jspecify.annotations.Nullable;

/// One side's answer about one connection, and which ruleset and rule are named for it. `DEFAULT`
/// is named when no rule decided; its namespace is then the one whose default action it was.
/// `observedAction` is what rules under observation would have said, null when none matched.
/// `silent` asks not to report it.
public record Verdict(
        Action action,
        String policyId,
        String policyName,
        String policyNamespace,
        String ruleName,
        @Nullable Action observedAction,
        String observedPolicyId,
        String observedPolicyNamespace,
        boolean silent) {
    /// The policy id of what only a default action decided.
    public static final String DEFAULT = "default";

    /// Whether no rule decided.
    public boolean isDefault() {
        return policyId.equals(DEFAULT);
    }

    Verdict withObserved(Action observed, String id, String namespace) {
        return new Verdict(
                action,
                policyId,
                policyName,
                policyNamespace,
                ruleName,
                observed,
                id,
                namespace,
                silent);
    }
}
