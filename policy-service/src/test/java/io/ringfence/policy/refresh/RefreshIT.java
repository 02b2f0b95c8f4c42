package io.ringfence.policy.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Orders are announced where `/events` is fed from, and nowhere else.
@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class RefreshIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestInstallation installation = TestInstallation.get();
    private final AssertedClient client =
            AssertedClient.of(installation, Principal.POLICY_SERVICE).in("/refresh");

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void tellsTheUnitsEnforcer() throws IOException {
        String unit =
                json(client.post("/processingunits", "{\"name\":\"u\",\"type\":\"Host\"}"))
                        .path("ID")
                        .asText();
        try (TopicReader audit =
                TestKafka.of(installation).readFromEnd(Topic.AUDIT_RECORDED.topicName())) {
            JsonNode order =
                    json(
                            client.post(
                                    "/processingunits/" + unit + "/processingunitrefreshes",
                                    "{\"pingEnabled\":true,\"pingAddress\":\"10.0.0.1\",\"pingPort\":80}"));

            assertThat(order.path("ID").asText()).isEqualTo(unit);
            assertThat(order.path("refreshID").asText()).matches("[0-9a-f]{24}");
            assertThat(order.path("pingMode").asText()).isEqualTo("Auto");
            AuditRecord told =
                    AuditRecord.parseFrom(
                            audit.await(record ->
                                            record.value() != null
                                                    && new String(
                                                                    record.value(),
                                                                    java.nio.charset
                                                                            .StandardCharsets
                                                                            .ISO_8859_1)
                                                            .contains("processingunitrefresh"))
                                    .value());
            assertThat(told.getIdentity()).isEqualTo("processingunitrefresh");
            assertThat(told.getOperation()).isEqualTo(Operation.CREATE);
            assertThat(JSON.readTree(told.getJson().toByteArray())).isEqualTo(order);
        }
    }

    @Test
    void aPokeThatNotifiesIsAnOrderToo() throws IOException {
        String unit =
                json(client.post("/processingunits", "{\"name\":\"p\",\"type\":\"Host\"}"))
                        .path("ID")
                        .asText();
        try (TopicReader audit =
                TestKafka.of(installation).readFromEnd(Topic.AUDIT_RECORDED.topicName())) {
            String path = "/processingunits/" + unit + "/poke?status=Running";
            json(client.get(path + "&notify=false"));
            json(client.get(path + "&notify=true"));

            AuditRecord order =
                    AuditRecord.parseFrom(
                            audit.await(record -> isOrderTo(unit, record.value())).value());
            JsonNode told = JSON.readTree(order.getJson().toByteArray());
            assertThat(told.path("refreshPolicy").asBoolean()).isTrue();
            assertThat(told.path("namespace").asText()).isEqualTo("/refresh");
            assertThat(audit.readToEnd())
                    .filteredOn(record -> isOrderTo(unit, record.value()))
                    .hasSize(1);
        }
        assertThat(client.get("/processingunits/" + unit + "/poke?notify=perhaps").statusCode())
                .isEqualTo(400);
    }

    private static boolean isOrderTo(String unit, byte @Nullable [] value) {
        try {
            AuditRecord audit = AuditRecord.parseFrom(value == null ? new byte[0] : value);
            return audit.getIdentity().equals("processingunitrefresh")
                    && JSON.readTree(audit.getJson().toByteArray())
                            .path("ID")
                            .asText()
                            .equals(unit);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void keepsNothing() throws IOException {
        JsonNode order =
                json(
                        client.post(
                                "/enforcerrefreshes",
                                "{\"debug\":\"Logs\",\"selector\":[[\"host=db\"]]}"));

        assertThat(client.get("/enforcerrefreshes").statusCode()).isEqualTo(405);
        assertThat(client.get("/enforcerrefreshes/" + order.path("ID").asText()).statusCode())
                .isEqualTo(405);
        assertThat(client.delete("/enforcerrefreshes/" + order.path("ID").asText()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void meansOneEnforcerByItsPath() throws IOException {
        String enforcer =
                json(client.post("/enforcers", "{\"name\":\"e\",\"FQDN\":\"e.local\"}"))
                        .path("ID")
                        .asText();
        JsonNode order =
                json(
                        client.post(
                                "/enforcers/" + enforcer + "/enforcerrefreshes",
                                "{\"refreshType\":\"Migration\",\"migrationVersion\":\"5.1.0\"}"));
        assertThat(order.path("ID").asText()).isEqualTo(enforcer);
        assertThat(client.post("/processingunitrefreshes", "{}").statusCode()).isEqualTo(405);
        HttpResponse<String> wrong =
                client.post(
                        "/enforcers/" + enforcer + "/enforcerrefreshes",
                        "{\"selector\":[[\"no equals sign\"]]}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("\"attribute\":\"selector\"");
    }
}
