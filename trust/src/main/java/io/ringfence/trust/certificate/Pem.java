package io.ringfence.trust.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// Certificates and EC private keys (PKCS#8) as PEM text and as files.
///
/// What cannot be read is an [IllegalArgumentException] whose message never shows the content.
public final class Pem {
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    public static String of(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificate without an encoding", e);
        }
    }

    public static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    public static X509Certificate certificate(String pem) {
        return certificate(content("CERTIFICATE", pem));
    }

    public static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not an X.509 certificate", e);
        }
    }

    public static PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(content("PRIVATE KEY", pem)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an EC private key in PKCS#8 form", e);
        }
    }

    /// The first certificate of a file.
    public static X509Certificate readCertificate(Path file) {
        return certificate(read(file));
    }

    public static PrivateKey readPrivateKey(Path file) {
        return privateKey(read(file));
    }

    /// Replaces the file as a whole; everyone may read it.
    public static void write(Path file, String text) {
        replace(file, text, "rw-r--r--");
    }

    /// Replaces the file as a whole; only its owner may read it, at every moment.
    public static void writeSecret(Path file, String text) {
        replace(file, text, "rw-------");
    }

    static String block(String type, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, LINES.encodeToString(content), type);
    }

    static byte[] content(String type, String pem) {
        String begin = "-----BEGIN " + type + "-----";
        int start = pem.indexOf(begin);
        int end = pem.indexOf("-----END " + type + "-----");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no PEM block of type " + type);
        }
        return Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void replace(Path file, String text, String permissions) {
        try {
            Path aside =
                    Files.createTempFile(
                            file.toAbsolutePath().getParent(),
                            "." + file.getFileName(),
                            null,
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(aside, text);
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString(permissions));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
