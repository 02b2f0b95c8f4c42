package io.ringfence.policy.umbrella;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class PoliciesIT {
    private static int tenants;

    private final PolicyClient client = PolicyClient.in("/policies" + ++tenants);
    private JsonNode ruleset = com.fasterxml.jackson.databind.node.MissingNode.getInstance();

    @BeforeEach
    void make() {
        ruleset = client.post("/networkrulesetpolicies", "{'name': 'b', 'subject': [['app=web']]}");
        client.post(
                "/enforcerprofilemappingpolicies",
                "{'name': 'c', 'subject': [['a=b']], 'object': [['p=q']], 'fallback': true}");
        client.post("/tokenscopepolicies", "{'name': 'a', 'subject': [['app=web']]}");
        client.post("/externalnetworks", "{'name': 'n', 'entries': ['10.0.0.0/8']}");
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    order=name                                     | a b c
                    order=-name                                    | c b a
                    order=name&pagesize=2&page=2                   | c
                    order=name&limit=1                             | a
                    q=type == NetworkRuleSet                       | b
                    order=name&q=type != NetworkRuleSet            | a c
                    q=type in [EnforcerProfile, Hook]              | c
                    order=name&q=fallback == true or type == TokenScope | a c
                    q=type matches "^Net"                          | b
                    """)
    void listsEveryKind(String query, String names) {
        String encoded =
                query.replace(" ", "%20")
                        .replace("[", "%5B")
                        .replace("]", "%5D")
                        .replace("\"", "%22")
                        .replace("^", "%5E");
        assertThat(client.names("/policies?" + encoded)).containsExactly(names.split(" "));
    }

    @Test
    void walksAndCounts() {
        HttpResponse<String> first = client.http().get("/policies?order=name&limit=2");
        String next = first.headers().firstValue("X-Next").orElseThrow();
        assertThat(client.names("/policies?order=name&limit=2&after=" + next)).containsExactly("c");
        assertThat(client.http().head("/policies").headers().firstValue("X-Count-Total"))
                .contains("3");
    }

    @Test
    void readsAndDeletesByItsKind() {
        String path = "/policies/" + ruleset.path("ID").asText();
        JsonNode read = client.get(path);
        assertThat(read.path("type").asText()).isEqualTo("NetworkRuleSet");
        assertThat(read.path("subject")).isEqualTo(ruleset.path("subject"));
        assertThat(read.has("incomingRules")).isFalse();

        client.delete(path);
        assertThat(client.http().get(path).statusCode()).isEqualTo(404);
        assertThat(
                        client.http()
                                .get("/networkrulesetpolicies/" + ruleset.path("ID").asText())
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void showsOnlyWhatTheCallerMayRead() {
        PolicyClient reader =
                new PolicyClient(
                        client.http()
                                .as(
                                        Callers.administrator(),
                                        "policy,get",
                                        "policy,delete",
                                        "tokenscopepolicy,get"));
        assertThat(reader.names("/policies")).containsExactly("a");
        String path = "/policies/" + ruleset.path("ID").asText();
        assertThat(reader.http().get(path).statusCode()).isEqualTo(404);
        assertThat(reader.http().delete(path).statusCode()).isEqualTo(404);
        assertThat(client.get(path).path("name").asText()).isEqualTo("b");
    }
}
