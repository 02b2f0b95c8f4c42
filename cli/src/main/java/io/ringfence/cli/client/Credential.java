package io.ringfence.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.cli.UserError;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/// An app credential as the API hands it out once: where the API is, and a certificate to come in
/// with. All in PEM.
public record Credential(
        String apiUrl, String namespace, String certificate, String key, String authority) {
    public static Credential read(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            return new Credential(
                    json.path("APIURL").asText(),
                    json.path("namespace").asText(),
                    decoded(json, "certificate"),
                    decoded(json, "certificateKey"),
                    decoded(json, "certificateAuthority"));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UserError(
                    "Cannot read the credential " + file + " (" + unreadable.getMessage() + ").");
        }
    }

    private static String decoded(JsonNode json, String name) {
        return new String(
                Base64.getDecoder().decode(json.path(name).asText()), StandardCharsets.US_ASCII);
    }

    public SSLContext tls() {
        return TlsContexts.of(
                Pem.certificate(authority),
                new KeyAndCertificate(Pem.privateKey(key), Pem.certificate(certificate)));
    }
}
