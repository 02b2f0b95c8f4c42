package io.ringfence.policy.requesting;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nested;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;
import static io.ringfence.protocol.declaration.ResourceDeclaration.resource;

import io.ringfence.policy.document.DocumentAttributes;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Import references and import requests (`reference/api.md` §7, Appendix B).
@ApplicationScoped
class DocumentRequestResources {
    static final String REFERENCE = "importreference";
    static final String REQUEST = "importrequest";

    @Produces
    @Singleton
    ResourceDeclaration importReferences() {
        return resource(REFERENCE, "importreferences")
                .aliases("importref", "impref")
                .with(Mixin.usual())
                .attribute(texts("claims").readOnly())
                .attribute(
                        enumeration("constraint", "Unrestricted", "Unique", "NamespaceUnique")
                                .defaultsTo("Unrestricted"))
                .attribute(nested("data", DocumentAttributes.all()).required())
                .attribute(text("label").longest(256))
                .build();
    }

    @Produces
    @Singleton
    ResourceDeclaration importRequests() {
        return resource(REQUEST, "importrequests")
                .aliases("req", "reqs", "ireq", "ireqs")
                .with(Mixin.DESCRIBED, Mixin.METADATABLE, Mixin.ANNOTATED, Mixin.PROTECTED)
                .attribute(text("comment").longest(4096))
                .attribute(
                        nestedList("commentFeed", texts("claims"), text("content"), time("date"))
                                .readOnly())
                .attribute(anything("data").required())
                .attribute(texts("requesterClaims").readOnly())
                .attribute(text("requesterNamespace").readOnly())
                .attribute(
                        enumeration("status", "Draft", "Submitted", "Approved", "Rejected")
                                .defaultsTo("Draft"))
                .attribute(
                        text("targetNamespace")
                                .required()
                                .createOnly()
                                .longest(1024)
                                .matching("/|(/[a-zA-Z0-9_-]+)+"))
                .build();
    }
}
