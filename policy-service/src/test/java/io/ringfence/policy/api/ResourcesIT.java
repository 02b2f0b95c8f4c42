package io.ringfence.policy.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The protocol as a client of the service meets it, down to PostgreSQL and Kafka. Every test has a
/// tenant of its own.
@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ResourcesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final String ENFORCER = "6b0000000000000000000001";
    private static final String OTHER_ENFORCER = "6b0000000000000000000002";

    private final TestInstallation installation = TestInstallation.get();
    private final String tenant = "/resources" + TENANTS.incrementAndGet();
    private final AssertedClient client =
            AssertedClient.of(installation, Principal.POLICY_SERVICE).in(tenant);

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private JsonNode created(String plural, String body) {
        HttpResponse<String> answer = client.post("/" + plural, body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private JsonNode ruleset(String name) {
        return created(
                "networkrulesetpolicies",
                "{'name': '%s', 'subject': [['app=%s']], 'associatedTags': ['made=%s']}"
                        .formatted(name, name, name));
    }

    @Test
    void createsReadsUpdatesAndDeletes() {
        String path = "/networkrulesetpolicies/" + ruleset("a").path("ID").asText();

        JsonNode read = json(client.get("/v/1" + path));
        assertThat(read.path("namespace").asText()).isEqualTo(tenant);
        assertThat(read.path("normalizedTags").toString())
                .contains("$identity=networkrulesetpolicy", "$name=a", "made=a");

        assertThat(json(client.patch(path, "{\"disabled\":true}")).path("disabled").asBoolean())
                .isTrue();
        assertThat(client.put(path, read.toString()).statusCode()).isEqualTo(422);
        JsonNode current = json(client.get(path));
        assertThat(client.put(path, current.toString()).statusCode()).isEqualTo(200);
        assertThat(client.delete(path).statusCode()).isEqualTo(200);
        assertThat(client.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void anotherNamespacesObjectIsNotFound() {
        String path = "/networkrulesetpolicies/" + ruleset("a").path("ID").asText();
        AssertedClient stranger = client.in("/stranger");

        assertThat(stranger.get(path).statusCode()).isEqualTo(404);
        assertThat(stranger.patch(path, "{}").statusCode()).isEqualTo(404);
        assertThat(stranger.delete(path).statusCode()).isEqualTo(404);
        assertThat(client.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void listsCountsFiltersAndPages() {
        ruleset("a");
        ruleset("b");
        ruleset("c");
        String plural = "/networkrulesetpolicies";

        assertThat(json(client.get(plural))).hasSize(3);
        assertThat(client.head(plural).headers().firstValue("X-Count-Total")).contains("3");
        assertThat(client.head(plural).statusCode()).isEqualTo(204);
        assertThat(json(client.get(plural + "?q=associatedTags%20contains%20%5B%22made=b%22%5D")))
                .hasSize(1);
        assertThat(json(client.get(plural + "?q=name%20!=%20a%20and%20disabled%20==%20false")))
                .hasSize(2);
        HttpResponse<String> first = client.get(plural + "?order=-name&limit=2");
        assertThat(json(first).findValuesAsText("name")).containsExactly("c", "b");
        String next = first.headers().firstValue("X-Next").orElseThrow();
        HttpResponse<String> second = client.get(plural + "?order=-name&limit=2&after=" + next);
        assertThat(json(second).findValuesAsText("name")).containsExactly("a");
        assertThat(second.headers().firstValue("X-Next")).isEmpty();
    }

    @Test
    void seesChildrenOnlyWhenAsked() {
        AssertedClient child = client.in(tenant + "/child");
        child.post("/externalnetworks", "{\"name\":\"n\",\"entries\":[\"10.0.0.0/8\"]}");
        client.post(
                "/externalnetworks",
                "{\"name\":\"p\",\"entries\":[\"10.0.0.0/8\"],\"propagate\":true}");

        assertThat(json(client.get("/externalnetworks")).findValuesAsText("name"))
                .containsExactly("p");
        assertThat(json(client.get("/externalnetworks?recursive=true"))).hasSize(2);
        assertThat(json(child.get("/externalnetworks")).findValuesAsText("name"))
                .containsExactly("n");
        assertThat(json(child.get("/externalnetworks?propagated=true"))).hasSize(2);
    }

    @ParameterizedTest(name = "{0} {1} is answered {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    GET    | /nosuch                      | ``                        | 404
                    GET    | /too/long/a/path             | ``                        | 404
                    DELETE | /externalnetworks            | ``                        | 400
                    GET    | /import                      | ``                        | 405
                    GET    | /externalnetworks?colour=red | ``                        | 400
                    GET    | /externalnetworks?q=name     | ``                        | 400
                    POST   | /externalnetworks            | {"name":                  | 400
                    POST   | /externalnetworks            | []                        | 400
                    POST   | /externalnetworks            | {"name":"n"}              | 422
                    GET    | /externalnetworks/zz         | ``                        | 404
                    """)
    void answersRefusalsAsTheErrorArray(String method, String path, String body, int status) {
        HttpResponse<String> answer = client.send(method, path, body.isEmpty() ? null : body);

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode error = json(answer).get(0);
        assertThat(error.path("code").asInt()).isEqualTo(status);
        assertThat(error.path("subject").asText()).isEqualTo("policy");
        assertThat(error.path("description").asText()).isNotEmpty();
        assertThat(error.path("trace").asText()).isNotEmpty();
    }

    @Test
    void refusesLargeBodiesAndOtherTypes() {
        String large = "{\"name\":\"%s\"}".formatted("x".repeat(1_100_000));
        assertThat(client.post("/externalnetworks", large).statusCode()).isEqualTo(413);
        assertThat(
                        client.send(
                                        client.request("POST", "/externalnetworks", "a")
                                                .setHeader("Content-Type", "text/plain")
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(415);
    }

    @Test
    void answersTheGatewayOnly() {
        assertThat(
                        client.send(
                                        client.request("GET", "/externalnetworks", null)
                                                .setHeader("X-Ringfence-Assertion", "forged")
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(401);
        assertThat(
                        client.send(
                                        client.request("GET", "/externalnetworks", null)
                                                .setHeader("X-Namespace", "/elsewhere")
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void announcesEveryChangeInOrder() throws InvalidProtocolBufferException {
        TestKafka kafka = TestKafka.of(installation);
        try (TopicReader topic = kafka.readFromEnd(Topic.RULESET_CHANGED.topicName())) {
            String id = ruleset("a").path("ID").asText();
            client.patch("/networkrulesetpolicies/" + id, "{\"disabled\":true}");
            client.delete("/networkrulesetpolicies/" + id);
            topic.await(record -> id.equals(record.key()) && record.value() == null);

            var records = topic.readToEnd().stream().filter(each -> id.equals(each.key())).toList();
            assertThat(records).hasSize(3);
            ObjectState made = ObjectState.parseFrom(records.get(0).value());
            ObjectState changed = ObjectState.parseFrom(records.get(1).value());
            assertThat(made.getOperation()).isEqualTo(Operation.CREATE);
            assertThat(made.getNamespace()).isEqualTo(tenant);
            assertThat(changed.getRevision()).isGreaterThan(made.getRevision());
            assertThat(changed.getJson().toStringUtf8()).contains("\"disabled\":true");
        }
    }

    @Test
    void anEnforcerRegistersAgainAsItself() {
        AssertedClient enforcer = enforcer(ENFORCER);
        String body = "{\"name\":\"db\",\"FQDN\":\"db.local\"}";

        assertThat(json(enforcer.post("/enforcers", body)).path("ID").asText()).isEqualTo(ENFORCER);
        assertThat(json(enforcer.post("/enforcers", body)).path("ID").asText()).isEqualTo(ENFORCER);
        assertThat(json(client.get("/enforcers"))).hasSize(1);
        assertThat(enforcer(OTHER_ENFORCER).patch("/enforcers/" + ENFORCER, "{}").statusCode())
                .isEqualTo(403);
        assertThat(client.delete("/enforcers/" + ENFORCER).statusCode()).isEqualTo(200);
    }

    @Test
    void theOlderHolderKeepsAnAddressUntilItEnds() {
        JsonNode older = json(enforcer(ENFORCER).post("/processingunits", unit("db")));
        JsonNode newer = json(enforcer(OTHER_ENFORCER).post("/processingunits", unit("api")));

        assertThat(older.path("addresses")).hasSize(1);
        assertThat(newer.path("addresses")).isEmpty();
        assertThat(newer.path("refusedAddresses")).hasSize(1);
        assertThat(json(enforcer(ENFORCER).post("/processingunits", unit("db"))).path("ID"))
                .isEqualTo(older.path("ID"));
        assertThat(
                        enforcer(OTHER_ENFORCER)
                                .patch(path(older), "{\"operationalStatus\":\"Stopped\"}")
                                .statusCode())
                .isEqualTo(403);

        enforcer(ENFORCER).patch(path(older), "{\"operationalStatus\":\"Stopped\"}");

        assertThat(json(client.get(path(newer))).path("addresses")).hasSize(1);
        assertThat(json(client.get(path(older))).path("addresses")).isEmpty();
    }

    private AssertedClient enforcer(String id) {
        return client.as(Callers.enforcer(id, tenant), Callers.ENFORCER_ROLE);
    }

    private static String path(JsonNode unit) {
        return "/processingunits/" + unit.path("ID").asText();
    }

    private static String unit(String name) {
        return "{'name': '%s', 'type': 'Host', 'operationalStatus': 'Running', 'addresses': ['10.77.0.5']}"
                .formatted(name)
                .replace('\'', '"');
    }
}
