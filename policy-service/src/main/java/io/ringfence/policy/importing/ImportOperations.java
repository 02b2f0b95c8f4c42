package io.ringfence.policy.importing;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nested;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.whole;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about import and export.
final class ImportOperations {
    private static final Attribute[] DOCUMENT = {
        whole("APIVersion"), text("label").longest(256), texts("identities"), anything("data")
    };

    ImportOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration importDocument() {
        return OperationDeclaration.post(
                        "/import", "Import what a document holds, or remove what its label brought")
                .taking(
                        Content.object(
                                "import",
                                nested("data", DOCUMENT).required(),
                                enumeration("mode", "Import", "Remove").defaultsTo("Import")))
                .answering(
                        Content.object(
                                "import.done",
                                nested("data", DOCUMENT),
                                enumeration("mode", "Import", "Remove").defaultsTo("Import"),
                                whole("created").readOnly(),
                                whole("updated").readOnly(),
                                whole("deleted").readOnly(),
                                whole("unchanged").readOnly()));
    }

    @Produces
    @Singleton
    static OperationDeclaration exportDocument() {
        return OperationDeclaration.post("/export", "Write a namespace's objects as a document")
                .taking(Content.object("export", DOCUMENT))
                .answering(Content.object("export", DOCUMENT));
    }
}
