package io.ringfence.identity;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// What this service needs beside its database, Kafka and certificates.
@ConfigMapping(prefix = "ringfence.identity")
public interface IdentityConfiguration {
    /// The private key that signs tokens: EC P-256, PKCS#8, PEM.
    Path tokenKey();

    /// The key of the console's certificate authority, for enforcers' certificates.
    Path authorityKey();

    /// The administrator's app credential, which is registered when it is not known yet. Without it
    /// nobody is made administrator.
    Optional<String> bootstrapCredentialId();
}
