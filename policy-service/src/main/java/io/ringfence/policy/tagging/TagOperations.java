package io.ringfence.policy.tagging;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.expression;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.whole;

import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about tags.
final class TagOperations {
    TagOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration tags() {
        return OperationDeclaration.get("/tags", "List the tags in use")
                .sharing("recursive")
                .with("prefix", "string", "Only tags that begin with this")
                .answering(Content.list("tag", text("namespace"), text("value"), whole("count")));
    }

    @Produces
    @Singleton
    static OperationDeclaration values() {
        return OperationDeclaration.get("/tagvalues", "List the keys of tags with their values")
                .sharing("recursive")
                .with("prefix", "string", "Only tags that begin with this")
                .answering(Content.list("tagvalue", text("key"), texts("values")));
    }

    @Produces
    @Singleton
    static OperationDeclaration match() {
        return OperationDeclaration.post(
                        "/clausesmatches", "See which objects a tag expression would match")
                .sharing("recursive", "propagated")
                .taking(Content.object(ClausesMatchEndpoint.FORM))
                .answering(
                        Content.object(
                                "clausesmatch.matched",
                                expression("clauses"),
                                anything("match"),
                                text("targetIdentity")));
    }
}
