package io.ringfence.trust.token;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/// Where the keys that verify tokens come from: a [JwksDocument], or a [RemoteJwks].
@FunctionalInterface
public interface JwksSource {
    Optional<ECPublicKey> key(String keyId);
}
