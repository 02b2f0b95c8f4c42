package io.ringfence.trust.certificate;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The console's root: the one authority that processes, enforcers and app credentials are issued
/// by. Certificates begin five minutes early, so that a machine whose clock is a little behind
/// takes them.
public final class CertificateAuthority {
    private static final Duration LIFE = Duration.ofDays(20 * 365);
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyAndCertificate root;
    private final Clock clock;

    private CertificateAuthority(KeyAndCertificate root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /// A new root, valid for 20 years.
    public static CertificateAuthority create(String name, Clock clock) {
        KeyPair keys = KeyPairs.generate();
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
        Instant now = clock.instant();
        X509v3CertificateBuilder draft =
                draft(subject, subject, keys.getPublic(), now, now.plus(LIFE));
        try {
            draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            draft.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            draft.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot draft a root certificate", e);
        }
        return new CertificateAuthority(
                new KeyAndCertificate(keys.getPrivate(), sign(draft, keys.getPrivate())), clock);
    }

    public static CertificateAuthority load(Path certificateFile, Path keyFile) {
        return load(certificateFile, keyFile, Clock.systemUTC());
    }

    public static CertificateAuthority load(Path certificateFile, Path keyFile, Clock clock) {
        return of(KeyAndCertificate.read(certificateFile, keyFile), clock);
    }

    public static CertificateAuthority of(KeyAndCertificate root, Clock clock) {
        return new CertificateAuthority(root, clock);
    }

    public X509Certificate certificate() {
        return root.certificate();
    }

    /// The key's file gets mode 0600.
    public void write(Path certificateFile, Path keyFile) {
        root.write(certificateFile, keyFile);
    }

    /// For a process of the console, both as a server and as a client.
    ///
    /// @param alternativeNames DNS names and literal IP addresses that it is reached by
    public KeyAndCertificate issueProcess(
            String commonName, Collection<String> alternativeNames, Duration validity) {
        return issueWithKey(
                new ProcessSubject(commonName),
                validity,
                alternativeNames,
                List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth));
    }

    /// For an app credential: a client only.
    public KeyAndCertificate issueCredential(AppCredentialSubject subject, Duration validity) {
        return issueWithKey(subject, validity, List.of(), List.of(KeyPurposeId.id_kp_clientAuth));
    }

    /// For whoever holds the key in the request: a client only. The subject is ours; what the
    /// request says about itself is not read.
    ///
    /// @param requestPem a PKCS#10 request
    public Issuance issueFromRequest(
            String requestPem, CertificateSubject subject, Duration validity) {
        PublicKey key;
        try {
            key = CertificateRequest.provenKey(requestPem);
        } catch (IllegalArgumentException refusal) {
            return new Issuance.Refused(String.valueOf(refusal.getMessage()));
        }
        return new Issuance.Issued(
                issue(subject, key, validity, List.of(), List.of(KeyPurposeId.id_kp_clientAuth)));
    }

    private KeyAndCertificate issueWithKey(
            CertificateSubject subject,
            Duration validity,
            Collection<String> alternativeNames,
            List<KeyPurposeId> purposes) {
        KeyPair keys = KeyPairs.generate();
        return new KeyAndCertificate(
                keys.getPrivate(),
                issue(subject, keys.getPublic(), validity, alternativeNames, purposes));
    }

    private X509Certificate issue(
            CertificateSubject subject,
            PublicKey key,
            Duration validity,
            Collection<String> alternativeNames,
            List<KeyPurposeId> purposes) {
        Instant now = clock.instant();
        X500Name issuer =
                X500Name.getInstance(root.certificate().getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder draft =
                draft(issuer, subject.toName(), key, now, now.plus(validity));
        try {
            draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            draft.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
            draft.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(root.certificate()));
            if (!alternativeNames.isEmpty()) {
                draft.addExtension(
                        Extension.subjectAlternativeName, false, names(alternativeNames));
            }
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot draft a certificate for " + subject, e);
        }
        return sign(draft, root.key());
    }

    private static GeneralNames names(Collection<String> alternativeNames) {
        return new GeneralNames(
                alternativeNames.stream()
                        .distinct()
                        .map(AlternativeNames::of)
                        .toArray(GeneralName[]::new));
    }

    private static X509v3CertificateBuilder draft(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant end) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
                Date.from(now.minus(EARLY)),
                Date.from(end),
                subject,
                key);
    }

    private static X509Certificate sign(
            X509v3CertificateBuilder draft, java.security.PrivateKey key) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("the authority's key cannot sign", e);
        }
    }
}
