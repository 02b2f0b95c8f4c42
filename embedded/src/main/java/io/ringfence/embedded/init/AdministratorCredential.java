package io.ringfence.embedded.init;

import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/// The administrator's app credential, in the form 5.0 gave them out in (`credentials` of an app
/// credential, `reference/api.md` §5).
///
/// @param id 24 hexadecimal digits
record AdministratorCredential(String id, Map<String, Object> fields) {
    private static final String NAME = "administrator";
    private static final String NAMESPACE = "/";
    private static final Duration LIFE = Duration.ofDays(10 * 365);

    /// Keeps the credential that is there, and tells it where the API is now.
    static AdministratorCredential ensure(
            Path file, String apiUrl, CertificateAuthority authority) {
        AdministratorCredential credential =
                Files.exists(file) ? read(file) : create(apiUrl, authority);
        if (!Files.exists(file) || !apiUrl.equals(credential.fields().get("APIURL"))) {
            Map<String, Object> fields = new LinkedHashMap<>(credential.fields());
            fields.put("APIURL", apiUrl);
            Pem.writeSecret(file, JsonUtil.toJson(fields) + "\n");
        }
        return credential;
    }

    private static AdministratorCredential create(String apiUrl, CertificateAuthority authority) {
        AppCredentialSubject subject =
                new AppCredentialSubject(Secrets.hexadecimal(24), NAME, NAMESPACE);
        KeyAndCertificate issued = authority.issueCredential(subject, LIFE);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("APIURL", apiUrl);
        fields.put("ID", subject.id());
        fields.put("name", NAME);
        fields.put("namespace", NAMESPACE);
        fields.put("certificate", base64(issued.certificatePem()));
        fields.put("certificateKey", base64(issued.keyPem()));
        fields.put("certificateAuthority", base64(Pem.of(authority.certificate())));
        return new AdministratorCredential(subject.id(), fields);
    }

    private static AdministratorCredential read(Path file) {
        try {
            Map<String, Object> fields = JsonUtil.parseJson(Files.readString(file));
            if (fields.get("ID") instanceof String id) {
                return new AdministratorCredential(id, fields);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (JoseException e) {
            throw new IllegalStateException(file + " is not JSON; restore it", e);
        }
        throw new IllegalStateException(file + " has no ID; restore it");
    }

    /// SHA-256 of its certificate, hexadecimal.
    String fingerprint() {
        byte[] pem = Base64.getDecoder().decode(String.valueOf(fields.get("certificate")));
        return Fingerprint.of(Pem.certificate(new String(pem, StandardCharsets.UTF_8)));
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    /// Never shows the key.
    @Override
    public String toString() {
        return "AdministratorCredential[" + id + "]";
    }
}
