package io.ringfence.policy.requesting;

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

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ImportReferenceIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private final AssertedClient client =
            AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE)
                    .in("/reference" + TENANTS.incrementAndGet());

    private static String reference(String constraint, String address) {
        return "{'name': 'shop', 'constraint': '%s', 'data': {'APIVersion': 1, 'label': 'shop%d', 'data': {'externalnetworks': [{'name': 'dns', 'entries': ['%s']}]}}}"
                .formatted(constraint, TENANTS.get(), address)
                .replace('\'', '"');
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private JsonNode networks() {
        return ok(client.get("/externalnetworks"));
    }

    @Test
    void bringsItsObjectsAndTakesThemAlong() {
        JsonNode made = ok(client.post("/importreferences", reference("Unrestricted", "1.1.1.1")));

        assertThat(made.path("label").asText()).startsWith("shop");
        assertThat(made.path("claims").toString()).contains("@auth:account=administrator");
        assertThat(networks()).hasSize(1);

        ok(client.delete("/importreferences/" + made.path("ID").asText()));
        assertThat(networks()).isEmpty();
    }

    @Test
    void twoReferencesOfOneLabelOwnTheirOwnObjects() {
        String id =
                ok(client.post("/importreferences", reference("Unrestricted", "1.1.1.1")))
                        .path("ID")
                        .asText();
        ok(client.post("/importreferences", reference("Unrestricted", "1.1.1.2")));
        assertThat(networks()).hasSize(2);

        ok(client.delete("/importreferences/" + id));
        assertThat(networks()).hasSize(1);
        assertThat(networks().get(0).path("entries").get(0).asText()).isEqualTo("1.1.1.2");
    }

    @Test
    void anotherDocumentChangesWhatItBrought() {
        JsonNode made = ok(client.post("/importreferences", reference("Unrestricted", "1.1.1.1")));
        String network = networks().get(0).path("ID").asText();

        ok(
                client.patch(
                        "/importreferences/" + made.path("ID").asText(),
                        "{\"data\": %s}"
                                .formatted(
                                        made.path("data")
                                                .toString()
                                                .replace("1.1.1.1", "1.1.1.9"))));

        assertThat(networks()).hasSize(1);
        assertThat(networks().get(0).path("ID").asText()).isEqualTo(network);
        assertThat(networks().get(0).path("entries").get(0).asText()).isEqualTo("1.1.1.9");
    }

    @Test
    void keepsToItsConstraint() {
        ok(client.post("/importreferences", reference("Unique", "1.1.1.1")));
        AssertedClient below = client.in(client.namespace() + "/below");
        AssertedClient beside = client.in(client.namespace() + "x");

        HttpResponse<String> second =
                client.post("/importreferences", reference("Unrestricted", "1.1.1.2"));
        HttpResponse<String> deeper =
                below.post("/importreferences", reference("Unrestricted", "1.1.1.2"));

        assertThat(second.statusCode()).isEqualTo(422);
        assertThat(json(second).get(0).path("data").path("attribute").asText())
                .isEqualTo("constraint");
        assertThat(deeper.statusCode()).isEqualTo(422);
        ok(beside.post("/importreferences", reference("Unique", "1.1.1.2")));
        assertThat(networks()).hasSize(1);
    }

    @Test
    void authorizesEveryObjectAsTheCaller() {
        AssertedClient developer =
                client.as(
                        Callers.administrator(),
                        "importreference,*",
                        "networkrulesetpolicy,*",
                        "externalnetwork,get");

        HttpResponse<String> refusal =
                developer.post("/importreferences", reference("Unrestricted", "1.1.1.1"));

        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.body()).contains("data.externalnetworks[0] ('dns')");
        assertThat(ok(client.get("/importreferences"))).isEmpty();

        String id =
                ok(client.post("/importreferences", reference("Unrestricted", "1.1.1.1")))
                        .path("ID")
                        .asText();
        assertThat(developer.delete("/importreferences/" + id).statusCode()).isEqualTo(403);
        assertThat(networks()).hasSize(1);
    }

    @Test
    void isRefusedWithItsDocument() {
        HttpResponse<String> refusal =
                client.post("/importreferences", reference("Unrestricted", "1.1.1.999"));

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(ok(client.get("/importreferences"))).isEmpty();
    }
}
