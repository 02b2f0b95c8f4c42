package io.ringfence.trust.certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS for the JDK's own clients and servers: trusts our authority and nobody else.
public final class TlsContexts {
    private static final char[] NO_PASSWORD = {};

    private TlsContexts() {}

    public static SSLContext of(Path authorityFile, Path certificateFile, Path keyFile) {
        return of(
                Pem.readCertificate(authorityFile),
                KeyAndCertificate.read(certificateFile, keyFile));
    }

    public static SSLContext of(X509Certificate authority, KeyAndCertificate own) {
        return context(authority, own);
    }

    /// Shows no certificate of its own.
    public static SSLContext trusting(X509Certificate authority) {
        return context(authority, null);
    }

    private static SSLContext context(X509Certificate authority, @Nullable KeyAndCertificate own) {
        try {
            KeyStore trusted = emptyStore();
            trusted.setCertificateEntry("authority", authority);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore keys = emptyStore();
            if (own != null) {
                Certificate[] chain = {own.certificate(), authority};
                keys.setKeyEntry("own", own.key(), NO_PASSWORD, chain);
            }
            KeyManagerFactory key =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            key.init(keys, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(key.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot set up TLS", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
