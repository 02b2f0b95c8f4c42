package io.ringfence.policy.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ImportIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final String DEVELOPER = "networkrulesetpolicy,*";
    private static final String DNS = "{'name': 'dns', 'entries': ['10.0.0.2/32']}";
    private static final String SHOP =
            "{'name': 'shop', 'subject': [['app=shop']], 'outgoingRules': [{'action': 'Allow',"
                    + " 'object': [['$name=dns']], 'protocolPorts': ['udp/53']}]}";

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

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private JsonNode imported(String document) {
        return ok(client.post("/import", document));
    }

    private HttpResponse<String> importYaml(String query, String yaml) {
        return client.send(
                client.request("POST", "/import" + query, null)
                        .setHeader("Content-Type", "application/yaml")
                        .POST(BodyPublishers.ofString(yaml))
                        .build(),
                BodyHandlers.ofString());
    }

    private static List<String> attributes(HttpResponse<String> refusal) {
        return json(refusal)
                .valueStream()
                .map(each -> each.path("data").path("attribute").asText())
                .toList();
    }

    @Test
    void theSecondTimeChangesNothing() {
        imported(document(DNS, SHOP));
        JsonNode before =
                await().atMost(Duration.ofSeconds(20))
                        .until(
                                () -> json(client.get("/networkrulesetpolicies")),
                                // What a rule means by its tags follows what is stored.
                                rulesets -> !rulesets.at("/0/outgoingRules/0/networks").isEmpty());

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
                .contains("networkrulesetpolicies[0] ('shop')", "udp/99999");
        assertThat(json(client.get("/externalnetworks"))).isEmpty();
    }

    @Test
    void aPlanSaysWhatWouldChangeAndChangesNothing() {
        imported(document(DNS, SHOP));
        JsonNode before = json(client.get("/externalnetworks"));
        String changed =
                document(
                        DNS.replace("10.0.0.2", "10.0.0.3")
                                + ", {'name': 'ntp', 'entries': ['10.0.0.4']}",
                        "");

        JsonNode plan = ok(client.post("/import?plan=true", changed));

        assertThat(plan.path("plan").asBoolean()).isTrue();
        assertThat(plan.path("changes"))
                .extracting(
                        each -> each.path("operation").asText() + " " + each.path("name").asText())
                .containsExactly("create ntp", "update dns", "delete shop");
        assertThat(plan.path("changes").get(1).path("difference").toString())
                .isEqualTo("{\"entries\":[[\"10.0.0.2/32\"],[\"10.0.0.3/32\"]]}");
        assertThat(json(client.get("/externalnetworks"))).isEqualTo(before);
        assertThat(json(client.get("/networkrulesetpolicies"))).hasSize(1);
        assertThat(imported(changed).path("created").asInt()).isEqualTo(1);
    }

    @Test
    void aPlanIsRefusedWhereTheImportWouldBe() {
        HttpResponse<String> answer =
                client.post("/import?plan=true", document(DNS, SHOP.replace("53", "0")));

        assertThat(answer.statusCode()).isEqualTo(422);
    }

    @Test
    void protectedObjectsChangeOnlyWithOverride() {
        String guarded = DNS.replace("}", ", 'protected': true}");
        imported(document(guarded, ""));
        String changed = document(guarded.replace("10.0.0.2", "10.0.0.3"), "");

        HttpResponse<String> refusal = client.post("/import", changed);

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(attributes(refusal)).containsExactly("protected");
        assertThat(ok(client.post("/import?override=true", changed)).path("updated").asInt())
                .isEqualTo(1);
    }

    @Test
    void authorizesEveryObjectAsTheCaller() {
        AssertedClient developer =
                client.as(Callers.administrator(), DEVELOPER, "externalnetwork,get", "import,post");

        assertThat(developer.post("/import", document("", SHOP)).statusCode()).isEqualTo(200);
        HttpResponse<String> refusal = developer.post("/import", document(DNS, ""));

        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(json(refusal).get(0).path("description").asText())
                .contains("data.externalnetworks[0] ('dns')", "create externalnetworks");
        assertThat(json(client.get("/networkrulesetpolicies"))).hasSize(1);
        assertThat(json(client.get("/externalnetworks"))).isEmpty();
    }

    @Test
    void asksForTheRightToChangeAndToDeleteToo() {
        imported(document(DNS, SHOP));
        AssertedClient author =
                client.as(
                        Callers.administrator(),
                        "networkrulesetpolicy,post",
                        "externalnetwork,post",
                        "externalnetwork,put");

        HttpResponse<String> change = author.post("/import", document(DNS, SHOP));
        HttpResponse<String> removal = author.post("/import", document(DNS, ""));

        assertThat(change.body()).contains("may not change networkrulesetpolicies");
        assertThat(removal.body()).contains("'shop'", "may not delete networkrulesetpolicies");
        assertThat(change.statusCode()).isEqualTo(403);
        assertThat(removal.statusCode()).isEqualTo(403);
    }

    @Test
    void takesYamlWithWindowsLineEnds() {
        String yaml =
                """
                APIVersion: 1
                label: shop
                data:
                  externalnetworks:
                  - name: dns
                    entries: [10.0.0.2/32]
                """;

        assertThat(ok(importYaml("", yaml)).path("created").asInt()).isEqualTo(1);
        assertThat(ok(importYaml("", yaml.replace("\n", "\r\n"))).path("unchanged").asInt())
                .isEqualTo(1);
    }

    @Test
    void skipsWhatIsRetiredAndSaysSo() {
        HttpResponse<String> answer =
                importYaml(
                        "",
                        """
                        label: old
                        data:
                          sshauthorizationpolicies: [{name: root}, {name: admin}]
                          externalnetworks: [{name: dns, entries: [10.0.0.2]}]
                        """);

        JsonNode skipped = ok(answer).path("skipped").get(0);
        assertThat(skipped.path("key").asText()).isEqualTo("sshauthorizationpolicies");
        assertThat(skipped.path("objects").asInt()).isEqualTo(2);
        assertThat(skipped.path("reason").asText()).contains("/networkrulesetpolicies");
        assertThat(answer.headers().allValues(Header.MESSAGES))
                .anyMatch(each -> each.startsWith("Skipped 2 sshauthorizationpolicies:"));
        assertThat(json(client.get("/externalnetworks"))).hasSize(1);
    }

    @Test
    void refusesWhatAnotherServiceKeepsAllAtOnceUnlessToldToSkipIt() {
        String yaml =
                """
                label: old
                data:
                  namespaces: [{name: web}]
                  apiauthorizationpolicies: [{name: operators}]
                  externalnetworks: [{name: dns, entries: [10.0.0.2]}]
                """;

        HttpResponse<String> refusal = importYaml("", yaml);

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(attributes(refusal)).containsExactly("namespaces", "apiauthorizationpolicies");
        assertThat(json(client.get("/externalnetworks"))).isEmpty();

        JsonNode answer = ok(importYaml("?skip=namespaces&skip=apiauthorizationpolicies", yaml));
        assertThat(answer.path("created").asInt()).isEqualTo(1);
        assertThat(answer.path("skipped")).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    namespaces come first  | {"data":{"label":"a","data":{"namespaces":[{}]}}}      | namespaces
                    an unknown resource    | {"data":{"label":"a","data":{"widgets":[]}}}           | widgets
                    workloads              | {"data":{"label":"a","data":{"processingunits":[{}]}}} | processingunits
                    an unknown attribute   | {"data":{"label":"a","data":{"externalnetworks":[{"name":"a","entries":["1.1.1.1"],"colour":"red"}]}}} | colour
                    no label               | {"data":{"data":{}}}                                   | label
                    a newer version        | {"data":{"APIVersion":7,"label":"a"}}                  | APIVersion
                    an unknown mode        | {"data":{"label":"a"},"mode":"Merge"}                  | mode
                    no document            | {"mode":"Import"}                                      | data
                    a custom resource      | {"apiVersion":"v1","kind":"ExternalNetwork"}           | apiVersion
                    no list                | {"data":{"label":"a","data":{"extnets":{"name":"a"}}}} | extnets
                    """)
    void refusesNamingTheKey(String sentence, String body, String attribute) {
        HttpResponse<String> answer = client.post("/import", body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(attributes(answer)).contains(attribute);
    }

    /// Everything that belongs to other services is named in one refusal; without it the rest goes
    /// in, what has been retired is skipped.
    @Test
    void takesAWholeExportOfTheFormerRelease() throws IOException {
        PolicyClient.announce(client.namespace() + "/prod/db");
        String export =
                resource("whole-export-5.0.yaml")
                        .replace(
                                "mappedNamespace: /acme", "mappedNamespace: " + client.namespace());

        HttpResponse<String> refusal = importYaml("", export);
        List<String> elsewhere = attributes(refusal);
        HttpResponse<String> answer =
                importYaml("?skip=" + String.join("&skip=", elsewhere), export);

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(elsewhere)
                .contains("namespaces", "apiauthorizationpolicies", "appcredentials")
                .doesNotContain("externalnetworks", "networkrulesetpolicies");
        JsonNode done = ok(answer);
        assertThat(done.path("skipped"))
                .extracting(each -> each.path("key").asText())
                .contains(
                        "auditprofiles",
                        "auditprofilemappingpolicies",
                        "fileaccesspolicies",
                        "filepaths",
                        "isolationprofiles",
                        "processingunitpolicies",
                        "sshauthorizationpolicies",
                        "useraccesspolicies")
                .containsAll(elsewhere);
        assertThat(answer.headers().allValues(Header.MESSAGES))
                .hasSizeGreaterThanOrEqualTo(done.path("skipped").size());
        assertThat(json(client.get("/externalnetworks"))).hasSize(2);
        assertThat(importYaml("?skip=" + String.join("&skip=", elsewhere), export).body())
                .contains("\"created\":0", "\"updated\":0");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = ImportIT.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void refusesParametersItDoesNotKnow() {
        assertThat(client.post("/import?dryrun=true", document(DNS, "")).statusCode())
                .isEqualTo(400);
    }
}
