package io.ringfence.identity.keys;

import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.JwksDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file that the launcher serves to Kafka's broker and the gateway (docs/adr/0004). Replaced as
/// a whole.
record JwksFile(Path path) {

    boolean holds(JwksDocument document) {
        try {
            return JwksDocument.parse(Files.readString(path)).equals(document);
        } catch (IOException | IllegalArgumentException missingOrDamaged) {
            return false;
        }
    }

    void write(JwksDocument document) {
        Pem.write(path, document.toJson());
    }
}
