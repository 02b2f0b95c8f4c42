package io.ringfence.identity.credentials;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.administratorCertificate;
import static io.ringfence.identity.Console.anybody;
import static io.ringfence.identity.Console.claims;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.holderOf;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static io.ringfence.identity.Console.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.TokenClaims;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class CredentialIT {
    private static final String PATH = "/appcredentials";
    private static final String BY_CERTIFICATE = "{\"realm\":\"Certificate\"}";
    private static final String VIEWER =
            "{\"name\":\"%s\",\"roles\":[\"@auth:role=namespace.viewer\"]}";

    @Inject AgroalDataSource database;

    @Test
    void showsTheAdministratorsCredential() throws Exception {
        String id = TestInstallation.get().installation().administratorId();
        JsonNode credential = ok(administrator().get(PATH + "/" + id));
        assertThat(credential.path("name").asText()).isEqualTo("administrator");
        assertThat(credential.path("roles").path(0).asText()).isEqualTo(Callers.ADMINISTRATOR_ROLE);
        assertThat(credential.path("certificateFingerprint").asText())
                .isEqualTo(Fingerprint.of(administratorCertificate()));
        assertThat(announced(id).path("roles").path(0).asText())
                .isEqualTo(Callers.ADMINISTRATOR_ROLE);
    }

    @Test
    void answersTheKeyOnceAndAnnouncesTheRoles() throws Exception {
        createNamespace("/", "machines");
        JsonNode made = ok(machines().post(PATH, VIEWER.formatted("build")));
        String id = made.path("ID").asText();
        JsonNode credentials = made.path("credentials");
        assertThat(credentials.path("ID").asText()).isEqualTo(id);
        assertThat(credentials.path("namespace").asText()).isEqualTo("/machines");
        assertThat(credentials.path("APIURL").asText()).startsWith("https://");
        X509Certificate certificate = certificate(made);
        assertThat(AppCredentialSubject.parse(certificate))
                .contains(new AppCredentialSubject(id, "build", "/machines"));
        assertThat(Pem.privateKey(decoded(credentials, "certificateKey"))).isNotNull();
        assertThat(Pem.certificate(decoded(credentials, "certificateAuthority")))
                .isEqualTo(
                        Pem.readCertificate(
                                TestInstallation.get().installation().folder().authority()));

        JsonNode read = ok(machines().get(PATH + "/" + id));
        assertThat(read.has("credentials")).isFalse();
        assertThat(read.toString()).doesNotContain("PRIVATE");
        JsonNode announced = announced(id);
        assertThat(announced.path("roles").path(0).asText()).isEqualTo(Callers.VIEWER_ROLE);
        assertThat(announced.toString()).doesNotContain("PRIVATE").doesNotContain("certificateKey");

        TokenClaims claims = claims(token(logIn(certificate)), Claim.API_AUDIENCE);
        assertThat(claims.tags()).contains("@auth:commonname=app:credential:" + id + ":build");
    }

    @Test
    void stopsAtOnceWhenDisabledOrDeleted() {
        createNamespace("/", "stopped");
        AssertedClient inside = administrator().in("/stopped");
        JsonNode made = ok(inside.post(PATH, VIEWER.formatted("build")));
        String path = PATH + "/" + made.path("ID").asText();
        X509Certificate certificate = certificate(made);
        String before = token(logIn(certificate));
        ok(anybody().post("/issue", narrower(before)));

        ok(inside.patch(path, "{\"disabled\":true}"));
        refused(logIn(certificate), 401, "");
        refused(anybody().post("/issue", narrower(before)), 401, "");

        ok(inside.patch(path, "{\"disabled\":false}"));
        ok(logIn(certificate));

        ok(inside.delete(path));
        refused(logIn(certificate), 401, "");
        refused(anybody().post("/issue", narrower(before)), 401, "");
    }

    @Test
    void renewsByRequestAndKeepsTheOldOneForTwelveHours() throws SQLException {
        createNamespace("/", "renewed");
        AssertedClient inside = administrator().in("/renewed");
        JsonNode made = ok(inside.post(PATH, VIEWER.formatted("build")));
        String id = made.path("ID").asText();
        KeyPair keys = KeyPairs.generate();
        JsonNode renewed = ok(inside.patch(PATH + "/" + id, csr(keys)));
        X509Certificate first = certificate(made);
        X509Certificate second = Pem.certificate(renewed.path("certificate").asText());
        assertThat(second.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(renewed.path("CSR").asText()).isEmpty();
        assertThat(certificate(renewed)).isEqualTo(second);
        assertThat(renewed.path("credentials").path("certificateKey").asText()).isEmpty();
        assertThat(Instant.parse(renewed.path("formerCertificateExpirationTime").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(11)),
                        Instant.now().plus(Duration.ofHours(12)));
        ok(logIn(first));
        ok(logIn(second));

        set(id, "formerCertificateExpirationTime", "2020-01-01T00:00:00.000Z");
        refused(logIn(first), 401, "");
        ok(logIn(second));
        refused(inside.patch(PATH + "/" + id, "{\"CSR\":\"nonsense\"}"), 422, "CSR");
    }

    /// Signed by our own authority, yet never given out as this credential's.
    @Test
    void believesNoOtherCertificateOfTheSameName() {
        createNamespace("/", "twins");
        JsonNode made = ok(administrator().in("/twins").post(PATH, VIEWER.formatted("build")));
        var folder = TestInstallation.get().installation().folder();
        X509Certificate other =
                CertificateAuthority.load(folder.authority(), folder.authorityKey())
                        .issueCredential(
                                new AppCredentialSubject(
                                        made.path("ID").asText(), "build", "/twins"),
                                Duration.ofHours(1))
                        .certificate();
        refused(logIn(other), 401, "");
    }

    @Test
    void capsItsTokens() {
        createNamespace("/", "capped");
        JsonNode made =
                ok(
                        administrator()
                                .in("/capped")
                                .post(
                                        PATH,
                                        """
                                        {"name":"short","roles":["@auth:role=namespace.viewer"],
                                         "maxIssuedTokenValidity":"5m","authorizedSubnets":["10.0.0.0/8"]}\
                                        """));
        TokenClaims claims = claims(token(logIn(certificate(made))), Claim.API_AUDIENCE);
        assertThat(Duration.between(claims.issuedAt(), claims.expiresAt()))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(claims.restrictions().networks()).containsExactly("10.0.0.0/8");
    }

    @Test
    void grantsNoMoreThanTheCallerHolds() {
        createNamespace("/", "modest");
        AssertedClient modest =
                administrator()
                        .as(Callers.administrator(), "appcredential,*", "externalnetwork,get")
                        .in("/modest");
        ok(modest.post(PATH, "{\"name\":\"a\",\"roles\":[\"externalnetwork,get\"]}"));
        for (String wider :
                new String[] {
                    "@auth:role=namespace.administrator", "externalnetwork,get,post", "*,*"
                }) {
            refused(
                    modest.post(PATH, "{\"name\":\"a\",\"roles\":[\"%s\"]}".formatted(wider)),
                    403,
                    "roles");
        }
        AssertedClient strong = administrator().in("/modest");
        String path =
                PATH + "/" + ok(strong.post(PATH, VIEWER.formatted("strong"))).path("ID").asText();
        refused(modest.patch(path, csr(KeyPairs.generate())), 403, "roles");
        refused(modest.patch(path, "{\"roles\":[\"externalnetwork,get\"]}"), 403, "roles");
        ok(modest.patch(path, "{\"description\":\"not mine\",\"disabled\":true}"));
        refused(modest.patch(path, "{\"disabled\":false}"), 403, "roles");
    }

    @Test
    void knowsItsParents() {
        createNamespace("/", "family");
        AssertedClient inside = administrator().in("/family");
        JsonNode parent =
                ok(
                        inside.post(
                                PATH,
                                "{\"name\":\"p\",\"roles\":[\"@auth:role=namespace.administrator\"]}"));
        String held = token(logIn(certificate(parent)));
        JsonNode child =
                ok(
                        holderOf(held, "/family", Callers.ADMINISTRATOR_ROLE)
                                .post(PATH, VIEWER.formatted("c")));
        assertThat(child.path("parentIDs")).hasSize(1);
        assertThat(child.path("parentIDs").path(0)).isEqualTo(parent.path("ID"));
    }

    @Test
    void saysWhatIsWrong() {
        refused(administrator().post(PATH, "{\"name\":\"a\"}"), 422, "roles");
        refused(administrator().post(PATH, VIEWER.formatted("")), 422, "name");
        refused(
                administrator().post(PATH, "{\"name\":\"a\",\"roles\":[\"root please\"]}"),
                422,
                "roles");
        refused(
                administrator()
                        .post(PATH, "{\"name\":\"a\",\"roles\":[\"@auth:role=nobody.yet\"]}"),
                422,
                "roles");
        String id = TestInstallation.get().installation().administratorId();
        refused(administrator().patch(PATH + "/" + id, "{\"name\":\"other\"}"), 422, "name");
        refused(administrator().in("/gone").post(PATH, VIEWER.formatted("a")), 404, "");
        refused(administrator().in("/gone").get(PATH + "/" + id), 404, "");
    }

    private static AssertedClient machines() {
        return administrator().in("/machines");
    }

    private static HttpResponse<String> logIn(X509Certificate certificate) {
        return anybody().withClientCertificate(certificate).post("/issue", BY_CERTIFICATE);
    }

    private static String narrower(String token) {
        return "{\"realm\":\"AporetoIdentityToken\",\"metadata\":{\"token\":\"%s\"}}"
                .formatted(token);
    }

    private static String csr(KeyPair keys) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("CSR", CertificateRequest.create(keys))
                .toString();
    }

    private static X509Certificate certificate(JsonNode made) {
        return Pem.certificate(decoded(made.path("credentials"), "certificate"));
    }

    private static String decoded(JsonNode credentials, String name) {
        return new String(
                Base64.getDecoder().decode(credentials.path(name).asText()),
                StandardCharsets.UTF_8);
    }

    private static JsonNode announced(String id) throws Exception {
        try (TopicReader topic =
                TestKafka.of(TestInstallation.get())
                        .readFromBeginning(Topic.AUTHORIZATION_CHANGED.topicName())) {
            ObjectState state = ObjectState.parseFrom(topic.awaitKey(id).value());
            assertThat(state.getIdentity()).isEqualTo("appcredential");
            return BodyFormat.JSON.read(state.getJson().toByteArray());
        }
    }

    private void set(String id, String attribute, String value) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update object set body = body || jsonb_build_object(?, ?) where id = ?")) {
            update.setString(1, attribute);
            update.setString(2, value);
            update.setString(3, id);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
