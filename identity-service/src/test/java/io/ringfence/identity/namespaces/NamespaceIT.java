package io.ringfence.identity.namespaces;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.json;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.ConsoleServers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class NamespaceIT {
    private static final String TOPIC = Topic.NAMESPACE_CHANGED.topicName();

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
