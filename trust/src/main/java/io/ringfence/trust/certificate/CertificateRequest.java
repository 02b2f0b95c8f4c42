package io.ringfence.trust.certificate;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A PKCS#10 request. It carries a public key and the proof that the sender holds the private one;
/// the subject it asks for means nothing, the authority gives the subject.
public final class CertificateRequest {
    private static final String TYPE = "CERTIFICATE REQUEST";
    private static final int MAX_CHARACTERS = 8_192;

    private CertificateRequest() {}

    /// The request as PEM, with a subject that promises nothing.
    public static String create(KeyPair keys) {
        return create(keys, "CN=requested");
    }

    static String create(KeyPair keys, String subject) {
        try {
            return Pem.block(
                    TYPE,
                    new JcaPKCS10CertificationRequestBuilder(
                                    new X500Name(subject), keys.getPublic())
                            .build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(keys.getPrivate()))
                            .getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalArgumentException("the key cannot sign a certificate request", e);
        }
    }

    /// The key that the request proves possession of.
    ///
    /// @throws IllegalArgumentException with a sentence for the sender
    static PublicKey provenKey(String pem) {
        if (pem.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the certificate request is longer than " + MAX_CHARACTERS + " characters");
        }
        byte[] der = Pem.content(TYPE, pem);
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der);
            PublicKey key = request.getPublicKey();
            if (!KeyPairs.isP256(key)) {
                throw new IllegalArgumentException("the key must be EC P-256");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new IllegalArgumentException(
                        "the request is not signed with the key it carries");
            }
            return key;
        } catch (IOException
                | java.security.GeneralSecurityException
                | OperatorCreationException
                | PKCSException e) {
            throw new IllegalArgumentException("not a PKCS#10 certificate request", e);
        }
    }
}
