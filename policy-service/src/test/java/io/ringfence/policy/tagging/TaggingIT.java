package io.ringfence.policy.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class TaggingIT {
    private static int tenants;

    private final String tenant = "/tagging" + ++tenants;
    private final PolicyClient client = PolicyClient.in(tenant);

    @BeforeEach
    void make() {
        unit(client, "web", "'app=web','env=prod'");
        unit(client, "db", "'app=db','env=prod'");
        unit(PolicyClient.in(tenant + "/child"), "child", "'app=child'");
        client.post(
                "/externalnetworks",
                "{'name': 'n', 'entries': ['10.0.0.0/8'], 'associatedTags': ['net=n%_x']}");
    }

    private static void unit(PolicyClient where, String name, String tags) {
        where.post(
                "/processingunits",
                "{'name': '%s', 'type': 'Docker', 'associatedTags': [%s], 'metadata': ['@app:k8s:pod=%s']}"
                        .formatted(name, tags, name));
    }

    @Test
    void listsTagsWithTheirUse() {
        JsonNode tags = client.get("/tags");
        assertThat(tags.findValuesAsText("value"))
                .containsExactly(
                        "@app:k8s:pod=db",
                        "@app:k8s:pod=web",
                        "app=db",
                        "app=web",
                        "env=prod",
                        "net=n%_x");
        assertThat(tags.get(4).path("count").asInt()).isEqualTo(2);
        assertThat(client.get("/tags?recursive=true&prefix=app=").findValuesAsText("value"))
                .containsExactly("app=child", "app=db", "app=web");
        JsonNode values = client.get("/tagvalues?prefix=app=");
        assertThat(values.toString()).isEqualTo("[{\"key\":\"app\",\"values\":[\"db\",\"web\"]}]");
    }

    @ParameterizedTest(name = "{0} matches {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [['app=web','env=prod']]            | web
                    [['app=web'],['app=db']]            | db web
                    [['env=prod']]                      | db web
                    [['app=web','env=test']]            | ''
                    [['app=*','env=p*'],['nothing=at']] | db web
                    [['$name=d*']]                      | db
                    [['app=w.b*']]                      | ''
                    """)
    void previewsAnExpression(String clauses, String names) {
        JsonNode answer =
                client.post(
                        "/clausesmatches",
                        "{'clauses': %s, 'targetIdentity': 'processingunit'}".formatted(clauses));
        assertThat(answer.path("match").findValuesAsText("name").stream().sorted().toList())
                .isEqualTo(
                        names.isEmpty()
                                ? java.util.List.of()
                                : java.util.List.of(names.split(" ")));
    }

    @Test
    void escapesWhatMeansSomethingInAPattern() {
        assertThat(
                        client.post(
                                        "/clausesmatches",
                                        "{'clauses': [['net=n%_*']], 'targetIdentity':"
                                                + " 'externalnetwork'}")
                                .path("match"))
                .hasSize(1);
    }

    @Test
    void refusesWhatHasNoTagsOrMayNotBeRead() {
        client.refused(
                "/clausesmatches",
                "{'clauses': [['a=b']], 'targetIdentity': 'enforcerrefresh'}",
                "targetIdentity");
        client.refused("/clausesmatches", "{'targetIdentity': 'processingunit'}", "clauses");
        client.refused(
                "/clausesmatches",
                "{'clauses': [['no equals sign']], 'targetIdentity': 'processingunit'}",
                "clauses");
        assertThat(
                        client.http()
                                .as(Callers.administrator(), "clausesmatch,post")
                                .post(
                                        "/clausesmatches",
                                        PolicyClient.json(
                                                "{'clauses': [['a=b']], 'targetIdentity':"
                                                        + " 'processingunit'}"))
                                .statusCode())
                .isEqualTo(403);
    }
}
