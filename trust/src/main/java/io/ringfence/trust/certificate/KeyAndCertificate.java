package io.ringfence.trust.certificate;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// A private key and the certificate that speaks for it.
public record KeyAndCertificate(PrivateKey key, X509Certificate certificate) {

    public static KeyAndCertificate read(Path certificateFile, Path keyFile) {
        return new KeyAndCertificate(
                Pem.readPrivateKey(keyFile), Pem.readCertificate(certificateFile));
    }

    public String certificatePem() {
        return Pem.of(certificate);
    }

    public String keyPem() {
        return Pem.of(key);
    }

    /// The key's file gets mode 0600 and is written first, so that a certificate file always has
    /// its key beside it.
    public void write(Path certificateFile, Path keyFile) {
        Pem.writeSecret(keyFile, keyPem());
        Pem.write(certificateFile, certificatePem());
    }

    /// Key, certificate and authority in one file of mode 0600: Kafka's PEM key store.
    public void writeKeystore(Path file, X509Certificate authority) {
        Pem.writeSecret(file, keyPem() + certificatePem() + Pem.of(authority));
    }

    /// Never shows the key.
    @Override
    public String toString() {
        return "KeyAndCertificate[" + certificate.getSubjectX500Principal() + "]";
    }
}
