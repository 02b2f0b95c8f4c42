package io.ringfence.policy.document;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.whole;

import io.ringfence.protocol.declaration.Attribute;

/// What a document looks like, for declarations.
public final class DocumentAttributes {
    private DocumentAttributes() {}

    public static Attribute[] all() {
        return new Attribute[] {
            whole("APIVersion"), text("label").longest(256), texts("identities"), anything("data")
        };
    }
}
