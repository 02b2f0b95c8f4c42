package io.ringfence.identity.enforcers;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.anybody;
import static io.ringfence.identity.Console.bootstrapToken;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.holderOf;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.InvalidProtocolBufferException;
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
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class EnforcerCertificateIT {
    private static final String PATH = "/enforcercertificates";
    private static final String PERMITTED = "enforcercertificate,post";

    @Test
    void enrolsOnceAndRenewsWithTheOldKey() {
        createNamespace("/", "enrol");
        AssertedClient bootstrap = holderOf(bootstrapToken("/enrol"), "/enrol", PERMITTED);
        KeyPair keys = KeyPairs.generate();
        JsonNode answer = ok(bootstrap.post(PATH, body(keys, "db")));
        String id = answer.path("ID").asText();
        X509Certificate certificate = Pem.certificate(answer.path("certificate").asText());
        assertThat(EnforcerSubject.parse(certificate)).contains(new EnforcerSubject(id, "/enrol"));
        assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(Duration.between(Instant.now(), certificate.getNotAfter().toInstant()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(answer.path("namespace").asText()).isEqualTo("/enrol");
        assertThat(answer.path("consoleID").asText())
                .isEqualTo(TestInstallation.get().installation().consoleId());
        assertThat(answer.path("certificateAuthority").asText()).startsWith("-----BEGIN CERT");

        refused(bootstrap.post(PATH, body(KeyPairs.generate(), "db")), 417, "");

        AssertedClient enforcer =
                administrator().as(Callers.enforcer(id, "/enrol"), PERMITTED).in("/enrol");
        refused(enforcer.post(PATH, body(keys, "db")), 401, "");
        JsonNode renewed =
                ok(
                        enforcer.withClientCertificate(certificate)
                                .post(PATH, body(KeyPairs.generate(), "db")));
        assertThat(renewed.path("ID").asText()).isEqualTo(id);
        assertThat(renewed.path("certificate").asText())
                .isNotEqualTo(answer.path("certificate").asText());
    }

    @Test
    void givesTheOnlyUseToOneOfManyAtOnce() throws Exception {
        createNamespace("/", "race");
        AssertedClient bootstrap = holderOf(bootstrapToken("/race"), "/race", PERMITTED);
        String body = body(KeyPairs.generate(), "db");
        List<Callable<HttpResponse<String>>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(() -> bootstrap.post(PATH, body));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(attempts)) {
                statuses.add(answer.get().statusCode());
            }
        }
        assertThat(statuses).containsOnly(200, 417).containsOnlyOnce(200);
    }

    @Test
    void doesNotSpendTheTokenOnABadRequest() {
        createNamespace("/", "clumsy");
        AssertedClient bootstrap = holderOf(bootstrapToken("/clumsy"), "/clumsy", PERMITTED);
        KeyPair keys = KeyPairs.generate();
        refused(bootstrap.post(PATH, "{\"FQDN\":\"db\"}"), 422, "certificateRequest");
        refused(
                bootstrap.post(PATH, "{\"FQDN\":\"db\",\"certificateRequest\":\"nonsense\"}"),
                422,
                "certificateRequest");
        refused(bootstrap.post(PATH, body(keys, "")), 422, "FQDN");
        refused(bootstrap.post(PATH, body(keys, "a b")), 422, "FQDN");
        refused(bootstrap.post(PATH, unproven(keys)), 422, "certificateRequest");
        refused(bootstrap.in("/gone").post(PATH, body(keys, "db")), 404, "");
        ok(bootstrap.post(PATH, body(keys, "db")));
    }

    @Test
    void listsWhatWasIssued() {
        createNamespace("/", "listed");
        AssertedClient bootstrap = holderOf(bootstrapToken("/listed"), "/listed", PERMITTED);
        String id = ok(bootstrap.post(PATH, body(KeyPairs.generate(), "db"))).path("ID").asText();
        JsonNode listed = ok(administrator().in("/listed").get(PATH));
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("ID").asText()).isEqualTo(id);
        assertThat(listed.path(0).path("FQDN").asText()).isEqualTo("db");
        assertThat(listed.path(0).path("revoked").asBoolean()).isFalse();
        assertThat(listed.path(0).path("certificateFingerprint").asText()).hasSize(64);
        refused(
                administrator().in("/listed").patch(PATH + "/" + id, "{\"revoked\":true}"),
                422,
                "revoked");
    }

    @Test
    void revokesForGood() throws Exception {
        createNamespace("/", "revoke");
        AssertedClient bootstrap = holderOf(bootstrapToken("/revoke"), "/revoke", PERMITTED);
        JsonNode answer = ok(bootstrap.post(PATH, body(KeyPairs.generate(), "db")));
        String id = answer.path("ID").asText();
        X509Certificate certificate = Pem.certificate(answer.path("certificate").asText());
        String forKafka =
                "{\"realm\":\"Certificate\",\"audience\":\"%s\"}".formatted(Claim.KAFKA_AUDIENCE);
        var holder = anybody().withClientCertificate(certificate);
        ok(holder.post("/issue", forKafka));

        refused(administrator().in("/").delete(PATH + "/" + id), 404, "");
        JsonNode revoked = ok(administrator().in("/revoke").delete(PATH + "/" + id));
        assertThat(revoked.path("revoked").asBoolean()).isTrue();
        ok(administrator().in("/revoke").delete(PATH + "/" + id));

        refused(holder.post("/issue", forKafka), 401, "");
        refused(holder.post("/issue", "{\"realm\":\"Certificate\"}"), 401, "");
        AssertedClient enforcer =
                administrator()
                        .as(Callers.enforcer(id, "/revoke"), PERMITTED)
                        .in("/revoke")
                        .withClientCertificate(certificate);
        refused(enforcer.post(PATH, body(KeyPairs.generate(), "db")), 403, "");
        try (TopicReader topic =
                TestKafka.of(TestInstallation.get())
                        .readFromBeginning(Topic.AUTHORIZATION_CHANGED.topicName())) {
            topic.await(record -> id.equals(record.key()) && isRevoked(record.value()));
        }

        AssertedClient fresh = holderOf(bootstrapToken("/revoke"), "/revoke", PERMITTED);
        JsonNode again = ok(fresh.post(PATH, body(KeyPairs.generate(), "db")));
        assertThat(again.path("ID").asText()).isNotEqualTo(id);
    }

    private static boolean isRevoked(byte[] announced) {
        try {
            ObjectState state = ObjectState.parseFrom(announced);
            JsonNode json = BodyFormat.JSON.read(state.getJson().toByteArray());
            return state.getIdentity().equals("enforcercertificate")
                    && json.path("ID").asText().equals(state.getId())
                    && json.path("namespace").asText().equals(state.getNamespace())
                    && json.path("revoked").asBoolean();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void enrolsNobodyWithoutAOneUseToken() {
        createNamespace("/", "strict");
        refused(administrator().in("/strict").post(PATH, body(KeyPairs.generate(), "db")), 403, "");
    }

    /// The key of one request with the proof of another.
    private static String unproven(KeyPair keys) {
        byte[] der =
                java.util.Base64.getMimeDecoder()
                        .decode(
                                CertificateRequest.create(keys)
                                        .replaceAll("-----[A-Z ]+-----", ""));
        der[der.length - 1] ^= 1;
        return body(
                "-----BEGIN CERTIFICATE REQUEST-----\n%s\n-----END CERTIFICATE REQUEST-----\n"
                        .formatted(java.util.Base64.getMimeEncoder().encodeToString(der)),
                "db");
    }

    private static String body(KeyPair keys, String fqdn) {
        return body(CertificateRequest.create(keys), fqdn);
    }

    private static String body(String request, String fqdn) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("certificateRequest", request)
                .put("FQDN", fqdn)
                .toString();
    }
}
