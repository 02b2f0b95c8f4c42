package io.ringfence.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// What this service needs beside its database, Kafka and certificates.
@ConfigMapping(prefix = "ringfence.identity")
public interface IdentityConfiguration {
    /// The private key that signs tokens: EC P-256, PKCS#8, PEM.
    Path tokenKey();

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
