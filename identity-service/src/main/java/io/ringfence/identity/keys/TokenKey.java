package io.ringfence.identity.keys;

import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.token.JwksDocument;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Optional;

/// A key that signs tokens from a time on, until another one does.
///
/// @param id of the object that stores it
/// @param privateKey empty once it will not sign any more
record TokenKey(
        String id, ECPublicKey publicKey, Optional<PrivateKey> privateKey, Instant signsFrom) {

    static TokenKey fresh(String id, Instant signsFrom) {
        KeyPair keys = KeyPairs.generate();
        return new TokenKey(
                id, (ECPublicKey) keys.getPublic(), Optional.of(keys.getPrivate()), signsFrom);
    }

    static TokenKey of(String id, PrivateKey key, Instant signsFrom) {
        return new TokenKey(id, KeyPairs.publicKeyOf(key), Optional.of(key), signsFrom);
    }

    /// What stands in a token as `kid`.
    String keyId() {
        return JwksDocument.keyId(publicKey);
    }

    /// Never shows the key.
    @Override
    public String toString() {
        return "token key " + keyId() + " from " + signsFrom;
    }
}
