package io.ringfence.identity.tokens;

import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.JwksDocument;
import java.nio.file.Path;
import java.security.PrivateKey;

/// The key that signs tokens.
record SigningKey(PrivateKey privateKey) {

    static SigningKey read(Path file) {
        return new SigningKey(Pem.readPrivateKey(file));
    }

    /// The public half, which anyone may have.
    JwksDocument published() {
        return JwksDocument.of(KeyPairs.publicKeyOf(privateKey));
    }

    /// Never shows the key.
    @Override
    public String toString() {
        return "signing key";
    }
}
