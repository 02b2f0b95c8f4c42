package io.ringfence.trust.certificate;

import java.security.cert.X509Certificate;
import java.util.Optional;

/// An app credential: `CN=app:credential:<id>:<name>`, `O=<namespace>` (5.0's form). The name may
/// hold colons; the id has 24 hexadecimal digits.
public record AppCredentialSubject(String id, String name, String namespace)
        implements CertificateSubject {
    static final String PREFIX = "app:credential:";

    public AppCredentialSubject {
        if (!ObjectIds.isId(id) || name.isEmpty() || !namespace.startsWith("/")) {
            throw new IllegalArgumentException(
                    "an app credential has an id of 24 hexadecimal digits, a name and an absolute"
                            + " namespace: "
                            + id
                            + " in "
                            + namespace);
        }
    }

    public static Optional<AppCredentialSubject> parse(X509Certificate certificate) {
        return CertificateSubject.of(certificate)
                .filter(AppCredentialSubject.class::isInstance)
                .map(AppCredentialSubject.class::cast);
    }

    static Optional<CertificateSubject> parse(String commonName, String organization) {
        if (!commonName.startsWith(PREFIX) || !organization.startsWith("/")) {
            return Optional.empty();
        }
        String[] idAndName = commonName.substring(PREFIX.length()).split(":", 2);
        return idAndName.length == 2 && ObjectIds.isId(idAndName[0]) && !idAndName[1].isEmpty()
                ? Optional.of(new AppCredentialSubject(idAndName[0], idAndName[1], organization))
                : Optional.empty();
    }

    @Override
    public String commonName() {
        return PREFIX + id + ":" + name;
    }

    @Override
    public String organization() {
        return namespace;
    }
}
