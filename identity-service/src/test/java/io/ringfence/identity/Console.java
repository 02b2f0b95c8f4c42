package io.ringfence.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.JwksDocument;
import io.ringfence.trust.token.TokenCheck;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;

/// The running service, as its tests speak to it.
public final class Console {
    private Console() {}

    /// Sends what the administrator sends through the gateway.
    public static AssertedClient administrator() {
        return AssertedClient.of(TestInstallation.get(), Principal.IDENTITY_SERVICE);
    }

    /// Sends what somebody sends of whom the gateway knows nothing.
    public static AssertedClient anybody() {
        return administrator().as(AssertedCaller.ANONYMOUS);
    }

    public static X509Certificate administratorCertificate() {
        try {
            byte[] credential =
                    Files.readAllBytes(
                            TestInstallation.get()
                                    .installation()
                                    .folder()
                                    .administratorCredential());
            String pem = BodyFormat.JSON.readObject(credential).path("certificate").asText();
            return Pem.certificate(
                    new String(Base64.getDecoder().decode(pem), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A token of the administrator's, got with the certificate.
    public static String administratorToken() {
        return token(
                anybody()
                        .withClientCertificate(administratorCertificate())
                        .post("/issue", "{\"realm\":\"Certificate\"}"));
    }

    /// A one-use token that registers an enforcer in the namespace.
    public static String bootstrapToken(String namespace) {
        ObjectNode request =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("realm", "AporetoIdentityToken")
                        .put("restrictedNamespace", namespace)
                        .put("validity", "30m")
                        .put("quota", 1);
        request.putObject("metadata").put("token", administratorToken());
        request.putArray("restrictedPermissions").add("@auth:role=enforcer");
        return token(anybody().post("/issue", request.toString()));
    }

    /// Registers a new enforcer, as its machine does; answers its certificate and id.
    public static JsonNode enrol(String namespace) {
        ObjectNode request =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("certificateRequest", CertificateRequest.create(KeyPairs.generate()))
                        .put("FQDN", "db");
        return ok(
                holderOf(bootstrapToken(namespace), namespace, "enforcercertificate,post")
                        .post("/enforcercertificates", request.toString()));
    }

    public static String token(HttpResponse<String> issued) {
        return ok(issued).path("token").asText();
    }

    public static TokenClaims claims(String token, String audience) {
        JwksDocument keys = JwksDocument.parse(anybody().get("/.well-known/jwks.json").body());
        TokenCheck check = new TokenVerifier(keys, audience, Clock.systemUTC()).verify(token);
        assertThat(check).isInstanceOf(TokenCheck.Valid.class);
        return ((TokenCheck.Valid) check).claims();
    }

    /// Sends with a token, as the gateway would after it looked at it.
    public static AssertedClient holderOf(String token, String namespace, String... permitted) {
        return administrator()
                .as(AssertedCaller.of(claims(token, Claim.API_AUDIENCE)), permitted)
                .in(namespace);
    }

    public static void createNamespace(String parent, String name) {
        ok(administrator().in(parent).post("/namespaces", "{\"name\":\"%s\"}".formatted(name)));
    }

    public static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return BodyFormat.JSON.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /// The answer is the error array, with this code and, if there is one, this attribute.
    public static String refused(HttpResponse<String> answer, int code, String attribute) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        JsonNode error = json(answer).path(0);
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("subject").asText()).isEqualTo("identity");
        assertThat(error.path("title").asText()).isNotEmpty();
        assertThat(error.path("trace").asText()).isNotEmpty();
        assertThat(error.path("data").path("attribute").asText()).isEqualTo(attribute);
        return error.path("description").asText();
    }
}
