package io.ringfence.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What this service needs beside its database, Kafka and certificates.
@ConfigMapping(prefix = "ringfence.identity")
public interface IdentityConfiguration {
    /// The installation's key file: EC P-256, PKCS#8, PEM. It signs tokens until the first
    /// rotation, and seals the keys that follow it in the database.
    Path tokenKey();

    /// Where the public keys go for those who cannot ask this service (docs/adr/0004).
    Optional<Path> jwksFile();

    /// How long a key signs before another one takes over.
    @WithDefault("30D")
    Duration tokenKeyAge();

    /// How long before it signs a key is published; not less than verifiers need to learn of it.
    @WithDefault("3M")
    Duration tokenKeyAhead();

    /// No token lives longer. A key stays published for as long after it stopped signing.
    @WithDefault("365D")
    Duration longestToken();

    /// The key of the console's certificate authority, for the certificates of enforcers and app
    /// credentials.
    Path authorityKey();

    /// The administrator's app credential, which is registered when it is not known yet. Without it
    /// nobody is made administrator.
    Optional<String> bootstrapCredentialId();

    /// SHA-256 in hexadecimal of the administrator's certificate: the only one it logs in with
    /// until it is renewed.
    Optional<String> bootstrapCredentialFingerprint();

    /// Where clients reach the API; written into every new app credential.
    @WithDefault("https://127.0.0.1:8443")
    String apiUrl();
}
