package io.ringfence.trust.certificate;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/// Who a certificate of the console was issued to.
public sealed interface CertificateSubject
        permits ProcessSubject, EnforcerSubject, AppCredentialSubject {

    String commonName();

    /// The `O` of the subject: the namespace, or empty for a process of the console.
    String organization();

    /// Reads the subject; empty when it has none of our three forms. Says nothing about who signed
    /// the certificate: see [TrustedCertificates].
    static Optional<CertificateSubject> of(X509Certificate certificate) {
        X500Name name = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        String commonName = single(name, BCStyle.CN);
        int organizations = name.getRDNs(BCStyle.O).length;
        if (commonName == null || name.getRDNs().length != 1 + organizations) {
            return Optional.empty();
        }
        if (organizations == 0) {
            return ProcessSubject.parse(commonName);
        }
        String organization = single(name, BCStyle.O);
        if (organization == null) {
            return Optional.empty();
        }
        return named(commonName, organization);
    }

    /// An enforcer or an app credential by what stands in its subject; empty if it is neither.
    static Optional<CertificateSubject> named(String commonName, String organization) {
        return commonName.startsWith(EnforcerSubject.PREFIX)
                ? EnforcerSubject.parse(commonName, organization)
                : AppCredentialSubject.parse(commonName, organization);
    }

    /// As it stands in a certificate.
    default X500Name toName() {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        if (!organization().isEmpty()) {
            name.addRDN(BCStyle.O, organization());
        }
        return name.addRDN(BCStyle.CN, commonName()).build();
    }

    private static @Nullable String single(X500Name name, ASN1ObjectIdentifier attribute) {
        RDN[] found = name.getRDNs(attribute);
        if (found.length != 1 || found[0].isMultiValued()) {
            return null;
        }
        ASN1Encodable value = found[0].getFirst().getValue();
        return value instanceof ASN1String text ? text.getString() : null;
    }
}
