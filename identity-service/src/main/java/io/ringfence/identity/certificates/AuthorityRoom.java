package io.ringfence.identity.certificates;

import io.ringfence.identity.IdentityConfiguration;
import io.ringfence.trust.certificate.CertificateAuthority;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Loads the authority that signs the certificates of enforcers and app credentials.
final class AuthorityRoom {
    @Produces
    @Singleton
    CertificateAuthority authority(
            IdentityConfiguration configuration,
            @ConfigProperty(name = "ringfence.trust.authority") Path certificate) {
        return CertificateAuthority.load(certificate, configuration.authorityKey());
    }
}
