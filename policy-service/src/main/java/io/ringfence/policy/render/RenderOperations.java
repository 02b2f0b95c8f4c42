package io.ringfence.policy.render;

import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.textMap;
import static io.ringfence.protocol.declaration.Attribute.texts;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about rendering.
final class RenderOperations {
    private static final String MESSAGES = "X-Messages";
    private static final Attribute RULES =
            nestedList("policies", PolicyRule.ATTRIBUTES.toArray(Attribute[]::new)).readOnly();
    private static final Attribute[] RENDERED = {
        enumeration("defaultPUIncomingTrafficAction", "Allow", "Reject"),
        enumeration("defaultPUOutgoingTrafficAction", "Allow", "Reject"),
        nestedList("dependendServices"),
        nestedList("exposedServices"),
        textMap("hashedTags"),
        texts("matchingTags"),
        text("processingUnitID"),
        texts("processingUnitTags"),
        nestedList("ruleSetPolicies", PolicyRule.ATTRIBUTES.toArray(Attribute[]::new)),
        texts("scopes"),
        texts("wireTags")
    };

    RenderOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration render() {
        return asked(
                        OperationDeclaration.post(
                                "/renderedpolicies", "See what counts for a set of tags"))
                .taking(Content.object("renderedpolicy", RenderedPolicyEndpoint.TAGS))
                .answering(Content.object("renderedpolicy.rendered", RENDERED), MESSAGES);
    }

    @Produces
    @Singleton
    static OperationDeclaration ofUnit() {
        return asked(
                        OperationDeclaration.get(
                                "/processingunits/{id}/renderedpolicies",
                                "See what counts for a processing unit"))
                .answering(Content.list("renderedpolicy.rendered", RENDERED), MESSAGES);
    }

    @Produces
    @Singleton
    static OperationDeclaration forUnit() {
        return asked(
                        OperationDeclaration.post(
                                "/processingunits/{id}/renderedpolicies",
                                "See what counts for a processing unit"))
                .answering(Content.object("renderedpolicy.rendered", RENDERED), MESSAGES);
    }

    private static OperationDeclaration asked(OperationDeclaration operation) {
        return operation
                .with("renderer", "string", "v1 or v2; v2 is what is answered")
                .with("csr", "string", "Understood and not needed");
    }

    @Produces
    @Singleton
    static OperationDeclaration renderPolicies() {
        return OperationDeclaration.post(
                        "/policyrenderers", "See which policies of a type are about a set of tags")
                .taking(Content.object(PolicyRendererEndpoint.FORM))
                .answering(
                        Content.object(
                                "policyrenderer.rendered",
                                RULES,
                                enumeration("processMode", "Subject", "Object"),
                                texts("tags"),
                                enumeration("type", PolicyRendering.TYPES)));
    }
}
