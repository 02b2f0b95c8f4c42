package io.ringfence.policy.api;

import static io.ringfence.protocol.declaration.Attribute.expression;

import io.ringfence.policy.authoring.PolicyChecks;
import io.ringfence.protocol.declaration.Attribute;

/// What policies have in common.
final class PolicyAttributes {
    static final int MOST_CLAUSES = 1_000;
    static final int MOST_PORTS = 256;

    private PolicyAttributes() {}

    /// Whom the policy is about.
    static Attribute subject() {
        return tagExpression("subject");
    }

    /// What it gives them, or lets them speak to.
    static Attribute object() {
        return tagExpression("object");
    }

    static Attribute tagExpression(String name) {
        return expression(name).longest(MOST_CLAUSES).checkedBy(PolicyChecks.EXPRESSION);
    }
}
