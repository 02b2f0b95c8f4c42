package io.ringfence.policy.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ExplanationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String namespace = "/explain" + TENANTS.incrementAndGet() + "/shop";
    private final AssertedClient client =
            AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE).in(namespace);

    @BeforeEach
    void awaitTheWorld() {
        String question =
                "{'source':{'address':'192.0.2.1'},'destination':{'address':'192.0.2.2'},'protocol':'gre'}";
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(post(client, question).statusCode()).isEqualTo(200));
    }

    @Test
    void saysWhatTheSourceLacks() {
        ruleset("web-to-db", "app=db", "'incomingRules'", "['app=web','env=prod']");
        ruleset("web", "app=web", "'outgoingRules'", "['app=db']");

        JsonNode answer = awaitExplanation("\"web-to-db\"", "\"web\"");

        assertThat(answer.path("action").asText()).isEqualTo("Reject");
        assertThat(answer.path("outgoing").path("action").asText()).isEqualTo("Accept");
        assertThat(answer.path("outgoing").path("policyName").asText()).isEqualTo("web");
        JsonNode incoming = answer.path("incoming");
        assertThat(incoming.path("action").asText()).isEqualTo("Reject");
        assertThat(incoming.path("default").asBoolean()).isTrue();
        assertThat(incoming.path("nearest").get(0).path("policyName").asText())
                .isEqualTo("web-to-db");
        assertThat(incoming.path("nearest").get(0).path("missing"))
                .isEqualTo(JSON.createArrayNode().add("env=prod"));
        assertThat(answer.path("text").asText())
                .contains("`web-to-db` would allow this if the source had `env=prod`");

        JsonNode allowed = explain(client, ends("app=web','env=prod", "app=db"));
        assertThat(allowed.path("action").asText()).isEqualTo("Accept");
    }

    @Test
    void namesNoRulesetToWhomeverMayNotReadIt() {
        ruleset("secret", "app=db", "'incomingRules'", "['app=web','env=prod']");
        awaitExplanation("\"secret\"");

        AssertedClient blind = client.as(Callers.administrator(), "explanation,post");
        JsonNode rejected = explain(blind, ends("app=web", "app=db"));
        JsonNode accepted = explain(blind, ends("app=web','env=prod", "app=db"));

        assertThat(rejected.path("incoming").path("nearest")).isEmpty();
        assertThat(accepted.path("incoming").path("action").asText()).isEqualTo("Accept");
        assertThat(accepted.path("incoming").path("withheld").asBoolean()).isTrue();
        assertThat(accepted.toString()).doesNotContain("secret");
    }

    @Test
    void knowsStoredProcessingUnitsOfTheNamespaceOnly() {
        HttpResponse<String> created =
                client.post(
                        "/processingunits",
                        "{\"name\":\"db-1\",\"type\":\"Host\",\"associatedTags\":[\"app=db\"]}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        String id = json(created).path("ID").asText();
        String question =
                "{'source':{'address':'192.0.2.7'},'destination':{'processingUnitID':'%s'},'protocol':'tcp','port':5432}"
                        .formatted(id);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(post(client, question).statusCode()).isEqualTo(200));

        AssertedClient elsewhere = client.in("/elsewhere");
        HttpResponse<String> refused = post(elsewhere, question);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("destination.processingUnitID", "/elsewhere");
    }

    @Test
    void knowsUnitsWithinTheTargetNetworksOfTheProfileOnly() {
        PolicyClient own = PolicyClient.in(namespace).enforcer("7d0000000000000000000001");
        own.post("/enforcers", "{'name': 'e', 'FQDN': 'e.local'}");
        String db = host(own, "db", "10.9.1.1");
        String web = host(own, "web", "10.9.1.2");
        ruleset("web-to-db", "$name=db", "'incomingRules'", "['$name=web']");
        String question =
                "{'source':{'processingUnitID':'%s'},'destination':{'processingUnitID':'%s'},'protocol':'tcp','port':5432}"
                        .formatted(web, db);
        awaitIncoming(question, "Accept");

        PolicyClient author = PolicyClient.in(namespace);
        author.post(
                "/enforcerprofiles",
                "{'name': 'p', 'associatedTags': ['profile=p'], 'targetNetworks': ['192.0.2.0/24']}");
        author.post(
                "/enforcerprofilemappingpolicies",
                "{'name': 'm', 'subject': [['$identity=enforcer']], 'object': [['profile=p']]}");
        awaitIncoming(question, "Reject");
        assertThat(explain(client, question).path("text").asText())
                .contains("if the source were in an external network with `$name=web`");
    }

    private static String host(PolicyClient enforcer, String name, String address) {
        return enforcer.post(
                        "/processingunits",
                        "{'name': '%s', 'type': 'Host', 'nativeContextID': '%s', 'operationalStatus': 'Running', 'addresses': ['%s']}"
                                .formatted(name, name, address))
                .path("ID")
                .asText();
    }

    private void awaitIncoming(String question, String action) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    HttpResponse<String> answer = post(client, question);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    assertThat(json(answer).path("incoming").path("action").asText())
                            .as(answer.body())
                            .isEqualTo(action);
                });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    no source             | {'destination':{'address':'10.0.0.1'},'protocol':'gre'}                                                          | source
                    two ways at once      | {'source':{'address':'10.0.0.1','namespace':'/a'},'destination':{'address':'10.0.0.1'},'protocol':'gre'}       | source
                    no address            | {'source':{'address':'web'},'destination':{'address':'10.0.0.1'},'protocol':'gre'}                               | source.address
                    a network             | {'source':{'address':'10.0.0.0/8'},'destination':{'address':'10.0.0.1'},'protocol':'gre'}                        | source.address
                    an unknown unit       | {'source':{'processingUnitID':'x'},'destination':{'address':'10.0.0.1'},'protocol':'gre'}                        | source.processingUnitID
                    somebody else's place | {'source':{'address':'10.0.0.1'},'destination':{'namespace':'/other','tags':['a=b']},'protocol':'gre'}         | destination.namespace
                    no protocol           | {'source':{'address':'10.0.0.1'},'destination':{'address':'10.0.0.2'}}                                           | protocol
                    an unknown protocol   | {'source':{'address':'10.0.0.1'},'destination':{'address':'10.0.0.2'},'protocol':'http'}                         | protocol
                    no port               | {'source':{'address':'10.0.0.1'},'destination':{'address':'10.0.0.2'},'protocol':'tcp'}                          | port
                    port 0                | {'source':{'address':'10.0.0.1'},'destination':{'address':'10.0.0.2'},'protocol':'tcp','port':0}                 | port
                    port 65536            | {'source':{'address':'10.0.0.1'},'destination':{'address':'10.0.0.2'},'protocol':'udp','port':65536}             | port
                    an ICMP type too high | {'source':{'address':'10.0.0.1'},'destination':{'address':'10.0.0.2'},'protocol':'icmp','icmpType':256}          | icmpType
                    """)
    void refusesNamingTheAttribute(String sentence, String question, String attribute) {
        HttpResponse<String> answer = post(client, question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).get(0).path("data").path("attribute").asText())
                .as(answer.body())
                .isEqualTo(attribute);
    }

    @Test
    void refusesTagsThatAreNone() {
        HttpResponse<String> answer = post(client, ends("web", "app=db"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("source.tags", "key=value");
    }

    private void ruleset(String name, String subject, String rules, String object) {
        HttpResponse<String> created =
                client.post(
                        "/networkrulesetpolicies",
                        "{'name':'%s','subject':[['%s']],%s:[{'action':'Allow','object':[%s],'protocolPorts':['tcp/5432']}]}"
                                .formatted(name, subject, rules, object)
                                .replace('\'', '"'));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    }

    /// Once everything that is named has arrived.
    private JsonNode awaitExplanation(String... named) {
        String question = ends("app=web", "app=db");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        explain(client, question).path("outgoing").toString()
                                                + explain(client, question).path("incoming"))
                                .contains(named));
        return explain(client, question);
    }

    private String ends(String source, String destination) {
        return "{'source':{'namespace':'%s','tags':['%s']},'destination':{'namespace':'%s','tags':['%s']},'protocol':'tcp','port':5432}"
                .formatted(namespace, source, namespace, destination);
    }

    private static JsonNode explain(AssertedClient asking, String question) {
        HttpResponse<String> answer = post(asking, question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static HttpResponse<String> post(AssertedClient asking, String question) {
        return asking.post("/explanations", question.replace('\'', '"'));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
