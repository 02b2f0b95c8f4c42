package io.ringfence.policy.explain;

import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nested;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.whole;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about explanations.
final class ExplanationOperations {
    ExplanationOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration explain() {
        Content explanation =
                Content.object(
                        "explanation",
                        endpoint("source"),
                        endpoint("destination"),
                        text("protocol").required(),
                        whole("port"),
                        whole("icmpType"),
                        whole("icmpCode"),
                        enumeration("action", "Accept", "Reject").readOnly(),
                        text("text").readOnly(),
                        side("outgoing"),
                        side("incoming"));
        return OperationDeclaration.post(
                        "/explanations",
                        "Explain why a connection passes or not, and what is missing")
                .taking(explanation)
                .answering(explanation);
    }

    private static Attribute endpoint(String name) {
        return nested(
                        name,
                        text("processingUnitID"),
                        text("namespace"),
                        texts("tags"),
                        text("address"))
                .required();
    }

    private static Attribute side(String name) {
        return nested(
                        name,
                        enumeration("action", "Accept", "Reject", "NotApplicable"),
                        text("policyID"),
                        text("policyName"),
                        text("policyNamespace"),
                        text("ruleName"),
                        bool("default"),
                        bool("withheld"),
                        bool("observed"),
                        enumeration("observedAction", "Accept", "Reject", "NotApplicable"),
                        text("observedPolicyID"),
                        text("observedPolicyNamespace"),
                        nestedList(
                                "nearest",
                                text("policyID"),
                                text("policyName"),
                                text("policyNamespace"),
                                text("ruleName"),
                                text("externalNetworkID"),
                                texts("missing"),
                                texts("missingOnSource"),
                                texts("missingOnDestination"),
                                texts("protocolPorts")))
                .readOnly();
    }
}
