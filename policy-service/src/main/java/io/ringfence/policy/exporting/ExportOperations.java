package io.ringfence.policy.exporting;

import static io.ringfence.protocol.declaration.Attribute.texts;

import io.ringfence.policy.document.DocumentAttributes;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.stream.Stream;

/// What `/openapi` says about exports.
final class ExportOperations {
    ExportOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration exportDocument() {
        Attribute[] withNamespaces =
                Stream.concat(
                                Arrays.stream(DocumentAttributes.all()),
                                Stream.of(texts("namespaces")))
                        .toArray(Attribute[]::new);
        return OperationDeclaration.post(
                        "/export",
                        "Write a namespace's objects as a document; JSON, MessagePack or, if"
                                + " accepted, YAML. With `namespaces`, one document for each, as"
                                + " `documents` or as a YAML stream")
                .with("q", "string", "Filter; every resource exported must know its attributes")
                .taking(Content.object("export.wanted", withNamespaces))
                .answering(Content.object("export", DocumentAttributes.all()));
    }
}
