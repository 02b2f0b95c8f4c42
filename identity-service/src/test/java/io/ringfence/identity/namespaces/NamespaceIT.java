package io.ringfence.identity.namespaces;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.anybody;
import static io.ringfence.identity.Console.claims;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.enrol;
import static io.ringfence.identity.Console.holderOf;
import static io.ringfence.identity.Console.json;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static io.ringfence.identity.Console.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class NamespaceIT {
    private static final String TOPIC = Topic.NAMESPACE_CHANGED.topicName();

    @Inject AgroalDataSource database;

    @Test
    void announcesTheRootAtFirstStart() throws Exception {
        try (TopicReader topic = topic()) {
            ObjectState root = state(topic.await(each -> each.value() != null && named(each, "/")));
            JsonNode json = BodyFormat.JSON.read(root.getJson().toByteArray());
            assertThat(json.path("defaultPUIncomingTrafficAction").asText()).isEqualTo("Reject");
            assertThat(json.path("defaultPUOutgoingTrafficAction").asText()).isEqualTo("Reject");
            assertThat(ok(administrator().get("/namespaces")).findValuesAsText("name"))
                    .doesNotContain("/");
        }
    }

    @Test
    void livesFromCreateToDeleteAndTellsTheTopic() throws Exception {
        try (TopicReader topic = topic()) {
            JsonNode tenant =
                    ok(administrator().post("/v/1/namespaces", "{\"name\":\"life\",\"ID\":\"\"}"));
            assertThat(tenant.path("name").asText()).isEqualTo("/life");
            assertThat(tenant.path("namespace").asText()).isEqualTo("/");
            assertThat(tenant.path("type").asText()).isEqualTo("Default");

            JsonNode shop =
                    ok(
                            administrator()
                                    .in("/life")
                                    .post(
                                            "/namespaces",
                                            """
                                            {"name":"shop","type":"Group","tagPrefixes":["app"],
                                             "organizationalMetadata":["@org:group=shop"]}\
                                            """));
            String id = shop.path("ID").asText();
            assertThat(shop.path("name").asText()).isEqualTo("/life/shop");
            ConsumerRecord<String, byte[]> announced = topic.awaitKey(id);
            assertThat(state(announced).getOperation()).isEqualTo(Operation.CREATE);
            assertThat(announced.partition())
                    .isEqualTo(Partitioning.ofNamespace("/life", Partitioning.SINGLE_MACHINE));

            var inTenant = administrator().in("/life");
            assertThat(ok(inTenant.get("/namespaces")).findValuesAsText("ID")).containsExactly(id);
            assertThat(ok(inTenant.get("/namespaces/" + id))).isEqualTo(shop);
            assertThat(inTenant.head("/namespaces").headers().firstValue("X-Count-Total"))
                    .contains("1");

            JsonNode changed =
                    ok(
                            inTenant.patch(
                                    "/namespaces/" + id,
                                    "{\"defaultPUIncomingTrafficAction\":\"Reject\"}"));
            assertThat(changed.path("tagPrefixes")).isEqualTo(shop.path("tagPrefixes"));
            ConsumerRecord<String, byte[]> again =
                    topic.await(
                            each -> id.equals(each.key()) && each.offset() > announced.offset());
            assertThat(state(again).getOperation()).isEqualTo(Operation.UPDATE);
            assertThat(state(again).getRevision()).isGreaterThan(state(announced).getRevision());

            ok(inTenant.delete("/namespaces/" + id));
            topic.await(each -> id.equals(each.key()) && each.value() == null);
            refused(inTenant.get("/namespaces/" + id), 404, "");
            ok(administrator().delete("/namespaces/" + tenant.path("ID").asText()));
        }
    }

    @Test
    void startsATenantInDiscoveryModeAndLeavesDeeperOnesAlone() {
        JsonNode tenant =
                ok(
                        administrator()
                                .post(
                                        "/namespaces",
                                        """
                                        {"name":"discovery","defaultPUIncomingTrafficAction":"Inherit",
                                         "defaultPUOutgoingTrafficAction":"Reject"}\
                                        """));
        assertThat(tenant.path("defaultPUIncomingTrafficAction").asText()).isEqualTo("Allow");
        assertThat(tenant.path("defaultPUOutgoingTrafficAction").asText()).isEqualTo("Reject");
        JsonNode deeper =
                ok(administrator().in("/discovery").post("/namespaces", "{\"name\":\"a\"}"));
        assertThat(deeper.path("defaultPUIncomingTrafficAction").asText()).isEqualTo("Inherit");
        assertThat(deeper.path("defaultPUOutgoingTrafficAction").asText()).isEqualTo("Inherit");
    }

    @Test
    void staysWhileSomethingIsInIt() {
        createNamespace("/", "full");
        createNamespace("/full", "child");
        String id =
                json(administrator().get("/namespaces?q=name%20==%20%22/full%22"))
                        .path(0)
                        .path("ID")
                        .asText();
        assertThat(refused(administrator().delete("/namespaces/" + id), 422, "name"))
                .contains("1 namespaces");
        String child =
                json(administrator().in("/full").get("/namespaces")).path(0).path("ID").asText();
        ok(administrator().in("/full").delete("/namespaces/" + child));
        ok(administrator().delete("/namespaces/" + id));
    }

    /// Insisting takes along everything in it and below, protected or not, but only for whom may
    /// delete each of it.
    @Test
    void takesAlongWhatIsInItWhenTheCallerInsists() throws Exception {
        String id = tree("doomed");
        String kept = tree("doomedtoo");
        String credential =
                ok(administrator()
                                .in("/doomed/child")
                                .post(
                                        "/appcredentials",
                                        "{\"name\":\"ci\",\"roles\":[\"@auth:role=app.viewer\"],\"protected\":true}"))
                        .path("ID")
                        .asText();
        String child =
                json(administrator().in("/doomed").get("/namespaces")).path(0).path("ID").asText();
        AssertedClient limited =
                administrator().as(Callers.administrator(), "namespace,delete", "namespace,get");

        refused(limited.delete("/namespaces/" + id + "?override=true"), 403, "");
        ok(administrator().in("/doomed/child").get("/appcredentials/" + credential));

        try (TopicReader topic = topic()) {
            ok(administrator().delete("/namespaces/" + id + "?override=true"));
            topic.await(each -> child.equals(each.key()) && each.value() == null);
            topic.await(each -> id.equals(each.key()) && each.value() == null);
        }
        refused(administrator().in("/doomed/child").get("/appcredentials/" + credential), 404, "");
        refused(administrator().in("/doomed").get("/namespaces/" + child), 404, "");
        ok(administrator().get("/namespaces/" + kept));
        assertThat(json(administrator().in("/doomedtoo").get("/namespaces"))).hasSize(1);
    }

    /// Also what is no object of the API: the uses of its credentials' tokens, and what its
    /// enforcers' certificates are worth in a namespace that is made again under the same name.
    @Test
    void leavesNothingOfItsCredentialsAndEnforcers() throws Exception {
        String id = tree("gone");
        JsonNode credential =
                ok(
                        administrator()
                                .in("/gone/child")
                                .post(
                                        "/appcredentials",
                                        "{\"name\":\"ci\",\"roles\":[\"@auth:role=app.viewer\"]}"));
        String limited = tokenOf(credential, "\"quota\":3");
        assertThat(uses(limited)).isEqualTo(1);
        JsonNode enrolled = enrol("/gone/child");
        X509Certificate certificate = Pem.certificate(enrolled.path("certificate").asText());

        ok(administrator().delete("/namespaces/" + id + "?override=true"));

        assertThat(uses(limited)).isZero();
        assertThat(
                        refused(
                                holderOf(limited, "/gone/child").post("/internal/tokenuses", ""),
                                417,
                                ""))
                .isNotEmpty();
        tree("gone");
        AssertedClient enforcer =
                administrator()
                        .as(
                                Callers.enforcer(enrolled.path("ID").asText(), "/gone/child"),
                                "enforcercertificate,post")
                        .in("/gone/child")
                        .withClientCertificate(certificate);
        refused(enforcer.post("/enforcercertificates", request()), 403, "");
        refused(
                anybody()
                        .withClientCertificate(certificate)
                        .post("/issue", "{\"realm\":\"Certificate\"}"),
                401,
                "");
    }

    private static String tokenOf(JsonNode credential, String more) {
        String pem =
                new String(
                        Base64.getDecoder()
                                .decode(credential.at("/credentials/certificate").asText()),
                        StandardCharsets.UTF_8);
        return token(
                anybody()
                        .withClientCertificate(Pem.certificate(pem))
                        .post("/issue", "{\"realm\":\"Certificate\",%s}".formatted(more)));
    }

    private static String request() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("certificateRequest", CertificateRequest.create(KeyPairs.generate()))
                .put("FQDN", "db")
                .toString();
    }

    private int uses(String token) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select count(*) from token_use where token_id = ?")) {
            query.setString(1, claims(token, Claim.API_AUDIENCE).tokenId());
            try (ResultSet counted = query.executeQuery()) {
                counted.next();
                return counted.getInt(1);
            }
        }
    }

    /// A tenant with one child; answers the tenant's id.
    private static String tree(String name) {
        createNamespace("/", name);
        createNamespace("/" + name, "child");
        return json(administrator().get("/namespaces?q=name%20==%20%22/" + name + "%22"))
                .path(0)
                .path("ID")
                .asText();
    }

    @Test
    void refusesWhatIsNoNamespace() {
        createNamespace("/", "taken");
        refused(administrator().post("/namespaces", "{\"name\":\"taken\"}"), 422, "name");
        refused(administrator().post("/namespaces", "{\"name\":\"a b\"}"), 422, "name");
        refused(administrator().post("/namespaces", "{\"name\":\"taken/a\"}"), 422, "name");
        refused(administrator().post("/namespaces", "{}"), 422, "name");
        refused(
                administrator().post("/namespaces", "{\"name\":\"t\",\"type\":\"Cluster\"}"),
                422,
                "type");
        refused(
                administrator()
                        .in("/taken")
                        .post("/namespaces", "{\"name\":\"t\",\"type\":\"Tenant\"}"),
                422,
                "type");
        refused(
                administrator()
                        .post(
                                "/namespaces",
                                "{\"name\":\"t\",\"organizationalMetadata\":[\"app=web\"]}"),
                422,
                "organizationalMetadata");
        refused(administrator().in("/nowhere").post("/namespaces", "{\"name\":\"t\"}"), 404, "");
        refused(administrator().post("/namespaces", "{\"name\":"), 400, "");
    }

    @Test
    void keepsItsName() {
        createNamespace("/", "fixed");
        String id =
                json(administrator().get("/namespaces?q=name%20==%20%22/fixed%22"))
                        .path(0)
                        .path("ID")
                        .asText();
        refused(administrator().patch("/namespaces/" + id, "{\"name\":\"/moved\"}"), 422, "name");
    }

    @Test
    void answersForANamespaceWhatItInherits() {
        JsonNode tenant =
                ok(
                        administrator()
                                .post(
                                        "/namespaces",
                                        """
                                        {"name":"lineage","type":"Tenant","description":"top",
                                         "defaultPUOutgoingTrafficAction":"Reject","tagPrefixes":["app"],
                                         "organizationalMetadata":["@org:tenant=lineage"],
                                         "defaultEnforcerVersion":"1.2.3"}\
                                        """));
        assertThat(tenant.path("type").asText()).isEqualTo("Tenant");
        ok(
                administrator()
                        .in("/lineage")
                        .post(
                                "/namespaces",
                                """
                                {"name":"group","type":"Group","defaultPUIncomingTrafficAction":"Inherit",
                                 "organizationalMetadata":["@org:group=group"]}\
                                """));
        AssertedClient group = administrator().in("/lineage/group");
        assertThat(only(group, "/namespacetypes")).isEqualTo("{\"type\":\"Group\"}");
        assertThat(only(group, "/namespacepolicyinfo"))
                .isEqualTo(
                        "{\"PUIncomingTrafficAction\":\"Allow\",\"PUOutgoingTrafficAction\":\"Reject\",\"prefixes\":[\"app\"]}");
        assertThat(only(group, "/namespaceinfo"))
                .isEqualTo(
                        "{\"name\":\"/lineage/group\",\"description\":\"\",\"protected\":false,\"PUIncomingTrafficAction\":\"Inherit\",\"PUOutgoingTrafficAction\":\"Inherit\",\"prefixes\":[]}");
        assertThat(only(group, "/putrafficactions"))
                .isEqualTo("{\"Incoming\":\"Allow\",\"Outgoing\":\"Reject\"}");
        assertThat(only(group, "/organizationalmetadata"))
                .isEqualTo(
                        "{\"namespace\":\"/lineage/group\",\"metadata\":[\"@org:tenant=lineage\",\"@org:group=group\"]}");
        assertThat(only(group, "/tagprefixes")).isEqualTo("{\"prefixes\":[\"app\"]}");
        assertThat(only(group, "/defaultenforcerversion"))
                .isEqualTo("{\"defaultVersion\":\"1.2.3\"}");
        assertThat(only(administrator(), "/namespacepolicyinfo"))
                .contains("\"PUIncomingTrafficAction\":\"Reject\"");
        refused(administrator().in("/lineage/none").get("/namespacetypes"), 404, "");
        refused(group.get("/namespacetypes?recursive=maybe"), 400, "");
    }

    @Test
    void setsPrefixesAndVersionOfTheNamespaceItself() {
        createNamespace("/", "settings");
        AssertedClient here = administrator().in("/settings");
        assertThat(ok(here.post("/tagprefixes", "{\"prefixes\":[\"app\",\"@org:\"]}")).toString())
                .isEqualTo("{\"prefixes\":[\"app\",\"@org:\"]}");
        assertThat(only(here, "/tagprefixes")).isEqualTo("{\"prefixes\":[\"app\",\"@org:\"]}");
        ok(here.post("/defaultenforcerversion", "{\"defaultVersion\":\"2.0.0\"}"));
        assertThat(only(here, "/defaultenforcerversion"))
                .isEqualTo("{\"defaultVersion\":\"2.0.0\"}");
        refused(
                here.post("/defaultenforcerversion", "{\"defaultVersion\":\"two\"}"),
                422,
                "defaultEnforcerVersion");
        refused(administrator().post("/tagprefixes", "{\"prefixes\":[\"app\"]}"), 422, "namespace");
    }

    @Test
    void switchesDiscoveryMode() {
        createNamespace("/", "switch");
        createNamespace("/switch", "off");
        AssertedClient here = administrator().in("/switch/off");
        assertThat(here.get("/discoverymode").body()).isEqualTo("[]");

        var answer = here.post("/discoverymode", "{}");
        JsonNode mode = ok(answer);
        assertThat(answer.headers().firstValue(Header.MESSAGES).orElse("")).contains("deprecated");
        assertThat(mode.path("namespace").asText()).isEqualTo("/switch/off");
        String path = "/discoverymode/" + mode.path("ID").asText();
        assertThat(ok(here.get(path))).isEqualTo(mode);
        assertThat(ok(here.get("/discoverymode")).get(0)).isEqualTo(mode);
        assertThat(only(here, "/putrafficactions"))
                .isEqualTo("{\"Incoming\":\"Allow\",\"Outgoing\":\"Allow\"}");

        refused(administrator().in("/switch").get(path), 404, "");
        ok(here.delete(path));
        assertThat(only(here, "/putrafficactions"))
                .isEqualTo("{\"Incoming\":\"Reject\",\"Outgoing\":\"Reject\"}");
        refused(here.get(path), 404, "");
        refused(here.delete(path), 404, "");
        refused(administrator().post("/discoverymode", "{}"), 422, "namespace");
    }

    /// The namespace object is one of its parent's, so rights in the namespace do not reach it.
    @Test
    void livesInItsParent() {
        createNamespace("/", "parent");
        createNamespace("/parent", "child");
        String id =
                json(administrator().in("/parent").get("/namespaces")).path(0).path("ID").asText();
        AssertedClient inside = administrator().in("/parent/child");
        refused(inside.get("/namespaces/" + id), 404, "");
        refused(
                inside.patch("/namespaces/" + id, "{\"defaultPUIncomingTrafficAction\":\"Allow\"}"),
                404,
                "");
        refused(inside.delete("/namespaces/" + id), 404, "");
        createNamespace("/", "cousin");
        refused(administrator().in("/cousin").delete("/namespaces/" + id), 404, "");
        ok(
                administrator()
                        .in("/parent")
                        .patch(
                                "/namespaces/" + id,
                                "{\"defaultPUIncomingTrafficAction\":\"Allow\"}"));
    }

    private static String only(AssertedClient client, String path) {
        JsonNode list = ok(client.get(path));
        assertThat(list).as(path).hasSize(1);
        return list.get(0).toString();
    }

    private static TopicReader topic() {
        return TestKafka.of(TestInstallation.get()).readFromBeginning(TOPIC);
    }

    private static boolean named(ConsumerRecord<String, byte[]> announced, String name) {
        return BodyFormat.JSON
                .read(state(announced).getJson().toByteArray())
                .path("name")
                .asText()
                .equals(name);
    }

    private static ObjectState state(ConsumerRecord<String, byte[]> announced) {
        try {
            return ObjectState.parseFrom(announced.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
