package io.ringfence.policy.importing;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nested;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.whole;

import io.ringfence.policy.document.DocumentAttributes;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about imports.
final class ImportOperations {
    ImportOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration importDocument() {
        Attribute mode = enumeration("mode", "Import", "Remove").defaultsTo("Import");
        return OperationDeclaration.post(
                        "/import",
                        "Import what a document holds, all or nothing, or remove what its label"
                                + " brought; JSON, MessagePack or YAML")
                .with("plan", "boolean", "Only say what would change (`changes`)")
                .with("override", "boolean", "Touch protected objects too")
                .with(
                        "skip",
                        "string",
                        "A key of the document to leave out that otherwise is refused; repeatable")
                .taking(
                        Content.object(
                                "import",
                                nested("data", DocumentAttributes.all()).required(),
                                mode))
                .answering(
                        Content.object(
                                "import.done",
                                nested("data", DocumentAttributes.all()),
                                mode,
                                bool("plan").readOnly(),
                                whole("created").readOnly(),
                                whole("updated").readOnly(),
                                whole("deleted").readOnly(),
                                whole("unchanged").readOnly(),
                                nestedList("skipped", text("key"), whole("objects"), text("reason"))
                                        .readOnly(),
                                nestedList(
                                                "changes",
                                                enumeration(
                                                        "operation", "create", "update", "delete"),
                                                text("identity"),
                                                text("name"),
                                                text("ID"),
                                                anything("difference"))
                                        .readOnly()),
                        "X-Messages");
    }
}
