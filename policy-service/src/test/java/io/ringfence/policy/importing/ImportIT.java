package io.ringfence.policy.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ImportIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final String DNS = "{'name': 'dns', 'entries': ['10.0.0.2/32']}";
    private static final String SHOP =
            "{'name': 'shop', 'subject': [['app=shop']], 'outgoingRules': [{'action': 'Allow', 'object': [['$name=dns']], 'protocolPorts': ['udp/53']}]}";

    private final AssertedClient client =
            AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE)
                    .in("/import" + TENANTS.incrementAndGet());

    private static String document(String networks, String rulesets) {
        return "{'data': {'APIVersion': 1, 'label': 'shop', 'data': {'externalnetworks': [%s], 'networkrulesetpolicies': [%s]}}}"
                .formatted(networks, rulesets)
                .replace('\'', '"');
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private JsonNode imported(String document) {
        HttpResponse<String> answer = client.post("/import", document);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    @Test
    void theSecondTimeChangesNothing() {
        imported(document(DNS, SHOP));
        JsonNode before = json(client.get("/networkrulesetpolicies"));

        JsonNode again = imported(document(DNS, SHOP));

        assertThat(again.path("unchanged").asInt()).isEqualTo(2);
        assertThat(json(client.get("/networkrulesetpolicies"))).isEqualTo(before);
    }

    @Test
    void removesWhatIsMissingAndNothingElse() {
        client.post("/externalnetworks", "{\"name\":\"dns\",\"entries\":[\"1.1.1.1\"]}");
        imported(document(DNS, SHOP));

        JsonNode answer = imported(document(DNS.replace("10.0.0.2", "10.0.0.3"), ""));

        assertThat(answer.path("updated").asInt()).isEqualTo(1);
        assertThat(answer.path("deleted").asInt()).isEqualTo(1);
        assertThat(json(client.get("/networkrulesetpolicies"))).isEmpty();
        assertThat(client.get("/externalnetworks").body())
                .contains("1.1.1.1", "10.0.0.3")
                .doesNotContain("10.0.0.2");
    }

    @Test
    void removeTakesTheWholeLabelAway() {
        imported(document(DNS, SHOP));

        JsonNode answer = imported("{\"data\":{\"label\":\"shop\"},\"mode\":\"Remove\"}");

        assertThat(answer.path("deleted").asInt()).isEqualTo(2);
        assertThat(json(client.get("/externalnetworks"))).isEmpty();
    }

    @Test
    void goesInAsAWholeOrNotAtAll() {
        HttpResponse<String> answer =
                client.post("/import", document(DNS, SHOP.replace("udp/53", "udp/99999")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).get(0).path("description").asText())
                .contains("networkrulesetpolicies[0]", "udp/99999");
        assertThat(json(client.get("/externalnetworks"))).isEmpty();
    }

    @Test
    void authorizesEveryObjectAsTheCaller() {
        AssertedClient author = client.as(Callers.administrator(), "networkrulesetpolicy,post");

        assertThat(author.post("/import", document("", SHOP)).statusCode()).isEqualTo(200);
        assertThat(author.post("/import", document(DNS, SHOP)).statusCode()).isEqualTo(403);
        assertThat(author.post("/import", document("", "")).statusCode()).isEqualTo(403);
        assertThat(json(client.get("/networkrulesetpolicies"))).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    namespaces come first  | {"data":{"label":"a","data":{"namespaces":[]}}}      | namespaces
                    an unknown resource    | {"data":{"label":"a","data":{"widgets":[]}}}         | widgets
                    workloads              | {"data":{"label":"a","data":{"processingunits":[]}}} | processingunits
                    no label               | {"data":{"data":{}}}                                 | label
                    a newer version        | {"data":{"APIVersion":7,"label":"a"}}                | APIVersion
                    an unknown mode        | {"data":{"label":"a"},"mode":"Merge"}                | mode
                    no document            | {"mode":"Import"}                                    | data
                    """)
    void refusesNamingTheKey(String sentence, String body, String attribute) {
        HttpResponse<String> answer = client.post("/import", body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).get(0).path("data").path("attribute").asText())
                .isEqualTo(attribute);
    }

    @Test
    void exportsWhatAnImportReads() {
        imported(document(DNS, SHOP));
        JsonNode exported = json(client.post("/export", "{\"label\":\"copy\"}"));

        AssertedClient copy = client.in(client.namespace() + "/copy");
        assertThat(copy.post("/import", exported.toString()).statusCode()).isEqualTo(200);

        assertThat(json(copy.post("/export", "{\"label\":\"copy\"}"))).isEqualTo(exported);
    }
}
