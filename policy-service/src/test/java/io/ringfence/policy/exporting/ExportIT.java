package io.ringfence.policy.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ExportIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final AssertedClient client =
            AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE)
                    .in("/export" + TENANTS.incrementAndGet());

    private static ObjectNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return (ObjectNode) JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static String yaml(AssertedClient from, String request) {
        HttpResponse<String> answer =
                from.send(
                        from.request("POST", "/export", request)
                                .setHeader("Accept", "application/yaml")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/yaml");
        return answer.body();
    }

    private static ObjectNode importYaml(AssertedClient into, String yaml) {
        return ok(
                into.send(
                        into.request("POST", "/import", null)
                                .setHeader("Content-Type", "application/yaml")
                                .POST(BodyPublishers.ofString(yaml))
                                .build(),
                        BodyHandlers.ofString()));
    }

    private void network(AssertedClient in, String name) {
        ok(
                in.post(
                        "/externalnetworks",
                        "{\"name\":\"%s\",\"entries\":[\"1.1.1.1\"]}".formatted(name)));
    }

    /// Random objects, exported, imported elsewhere and exported again.
    @Test
    void whatIsImportedAgainIsTheSame() {
        Random random = new Random(11);
        for (int round = 0; round < 5; round++) {
            AssertedClient from = client.in(client.namespace() + "/from" + round);
            AssertedClient to = client.in(client.namespace() + "/to" + round);
            ok(from.post("/import", randomDocument(random).toString()));

            String document = yaml(from, "{\"label\":\"copy\"}");
            importYaml(to, document);

            assertThat(yaml(to, "{\"label\":\"copy\"}")).isEqualTo(document);
            ObjectNode again = importYaml(to, document);
            assertThat(again.path("created").asInt()).isZero();
            assertThat(again.path("updated").asInt()).isZero();
        }
    }

    private static ObjectNode randomDocument(Random random) {
        ObjectNode document = JSON.createObjectNode().put("label", "random");
        ArrayNode networks = document.putObject("data").putArray("externalnetworks");
        ArrayNode rulesets = document.withObject("/data").putArray("networkrulesetpolicies");
        for (int i = 0; i < 30; i++) {
            ObjectNode network = networks.addObject().put("name", "n" + random.nextInt(20));
            network.putArray("entries").add("10.%d.0.0/16".formatted(random.nextInt(200)));
            network.put("propagate", random.nextBoolean());
            network.put("description", "yes\n - %d: *x ".formatted(random.nextInt()));
            ObjectNode ruleset = rulesets.addObject().put("name", "0" + random.nextInt(20));
            ruleset.putArray("subject").addArray().add("app=null");
            ruleset.put("fallback", random.nextBoolean());
            ArrayNode rules = ruleset.putArray("incomingRules");
            for (int rule = random.nextInt(4); rule > 0; rule--) {
                ObjectNode one = rules.addObject();
                one.put("action", random.nextBoolean() ? "Allow" : "Reject");
                one.putArray("object").addArray().add("$name=n" + random.nextInt(20));
                if (random.nextBoolean()) {
                    one.putArray("protocolPorts").add("tcp/" + (1 + random.nextInt(65_000)));
                }
            }
        }
        return document;
    }

    @Test
    void exportsWhatIsAskedForInOrder() {
        network(client, "b");
        network(client, "a");
        network(client, "c");

        ObjectNode document =
                ok(
                        client.post(
                                "/export?q="
                                        + URLEncoder.encode(
                                                "name != \"c\"", StandardCharsets.UTF_8),
                                "{\"label\":\"two\",\"identities\":[\"extnet\"]}"));

        assertThat(document.toString())
                .isEqualTo(
                        "{\"APIVersion\":1,\"label\":\"two\",\"identities\":[\"externalnetwork\"],\"data\":{\"externalnetworks\":[{\"name\":\"a\",\"entries\":[\"1.1.1.1\"]},{\"name\":\"b\",\"entries\":[\"1.1.1.1\"]}]}}");
    }

    @Test
    void writesADocumentForEachNamespace() {
        AssertedClient web = client.in(client.namespace() + "/web");
        AssertedClient db = client.in(client.namespace() + "/db");
        network(web, "w");
        network(db, "d");
        network(client, "top");
        String request =
                "{\"identities\":[\"externalnetworks\"],\"namespaces\":[\"%s\",\"%s\"]}"
                        .formatted(web.namespace(), db.namespace());

        JsonNode documents = ok(client.post("/export", request)).path("documents");

        assertThat(documents)
                .extracting(each -> each.path("namespace").asText())
                .containsExactly(db.namespace(), web.namespace());
        assertThat(documents.toString()).contains("\"w\"", "\"d\"").doesNotContain("top");
        assertThat(yaml(client, request).lines().filter("---"::equals)).hasSize(2);
        HttpResponse<String> above =
                web.post("/export", "{\"namespaces\":[\"%s\"]}".formatted(client.namespace()));
        assertThat(above.statusCode()).isEqualTo(422);
    }

    @Test
    void refusesWhatTheCallerMayNotRead() {
        AssertedClient clerk =
                client.as(Callers.administrator(), "export,post", "externalnetwork,get");

        assertThat(clerk.post("/export", "{\"identities\":[\"netset\"]}").statusCode())
                .isEqualTo(403);
        assertThat(clerk.post("/export", "{\"identities\":[\"extnet\"]}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesWhatCannotBeExported() {
        for (String refused : List.of("processingunits", "widgets", "apiauthorizationpolicies")) {
            HttpResponse<String> answer =
                    client.post("/export", "{\"identities\":[\"%s\"]}".formatted(refused));
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains(refused, "identities");
        }
        assertThat(client.post("/export?query=x", "{}").statusCode()).isEqualTo(400);
    }
}
