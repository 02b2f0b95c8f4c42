package io.ringfence.trust.certificate;

import java.security.cert.X509Certificate;
import java.util.Optional;

/// An enforcer: `CN=enforcer:<id>`, `O=<namespace>`. The id has 24 hexadecimal digits.
public record EnforcerSubject(String id, String namespace) implements CertificateSubject {
    static final String PREFIX = "enforcer:";

    public EnforcerSubject {
        if (!ObjectIds.isId(id) || !namespace.startsWith("/")) {
            throw new IllegalArgumentException(
                    "an enforcer has an id of 24 hexadecimal digits and an absolute namespace: "
                            + id
                            + " in "
                            + namespace);
        }
    }

    public static Optional<EnforcerSubject> parse(X509Certificate certificate) {
        return CertificateSubject.of(certificate)
                .filter(EnforcerSubject.class::isInstance)
                .map(EnforcerSubject.class::cast);
    }

    static Optional<CertificateSubject> parse(String commonName, String organization) {
        String id = commonName.substring(PREFIX.length());
        return ObjectIds.isId(id) && organization.startsWith("/")
                ? Optional.of(new EnforcerSubject(id, organization))
                : Optional.empty();
    }

    @Override
    public String commonName() {
        return PREFIX + id;
    }

    @Override
    public String organization() {
        return namespace;
    }
}
