package io.ringfence.policy.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.service.ConsoleServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class MappingIT {
    private static final String ENFORCER = "6d0000000000000000000001";
    private static int tenants;

    private final String tenant = "/mapping" + ++tenants;
    private final PolicyClient client = PolicyClient.in(tenant);

    @BeforeAll
    static void announce() {
        for (int i = 1; i <= 60; i++) {
            String tenant = "/mapping" + i;
            PolicyClient.announce(tenant, tenant + "/prod", tenant + "/prod/db", tenant + "/test");
        }
    }

    private JsonNode unit(String name, String tags) {
        return client.enforcer(ENFORCER)
                .post(
                        "/processingunits",
                        "{'name': '%s', 'type': 'Docker', 'nativeContextID': '%s', 'associatedTags': [%s]}"
                                .formatted(name, name, tags));
    }

    private JsonNode mapping(String in, String tag, String target) {
        return PolicyClient.in(in)
                .post(
                        "/namespacemappingpolicies",
                        "{'name': 'm', 'subject': [['%s']], 'mappedNamespace': '%s'}"
                                .formatted(tag, target));
    }

    private String whereIs(JsonNode unit) {
        return client.get("/processingunits?recursive=true&q=ID%20==%20" + unit.path("ID").asText())
                .path(0)
                .path("namespace")
                .asText();
    }

    @Test
    void aUnitIsPushedDownUntilNothingMatches() {
        mapping(tenant, "env=prod", tenant + "/prod");
        mapping(tenant + "/prod", "tier=db", tenant + "/prod/db");

        JsonNode db = unit("db", "'env=prod','tier=db'");
        assertThat(db.path("namespace").asText()).isEqualTo(tenant + "/prod/db");
        assertThat(db.path("registrationNamespace").asText()).isEqualTo(tenant);
        assertThat(db.path("normalizedTags").toString())
                .contains("$namespace=" + tenant + "/prod/db")
                .doesNotContain("$namespace=" + tenant + "\"");
        assertThat(unit("web", "'env=prod'").path("namespace").asText())
                .isEqualTo(tenant + "/prod");
        assertThat(unit("other", "'tier=db'").path("namespace").asText()).isEqualTo(tenant);

        assertThat(unit("db", "'env=prod','tier=db'").path("ID"))
                .as("it registers again where it did")
                .isEqualTo(db.path("ID"));
    }

    @Test
    void takesEffectWhenAPolicyChanges() {
        JsonNode unit = unit("db", "'env=prod'");
        JsonNode mapping = mapping(tenant, "env=prod", tenant + "/prod");
        String path = "/namespacemappingpolicies/" + mapping.path("ID").asText();
        assertThat(whereIs(unit)).isEqualTo(tenant + "/prod");

        client.patch(path, "{'mappedNamespace': '%s/test'}".formatted(tenant));
        assertThat(whereIs(unit)).isEqualTo(tenant + "/test");

        client.patch(path, "{'disabled': true}");
        assertThat(whereIs(unit)).isEqualTo(tenant);

        client.patch(path, "{'disabled': false}");
        client.delete(path);
        assertThat(whereIs(unit)).isEqualTo(tenant);
    }

    @Test
    void takesEffectWhenTagsChange() {
        mapping(tenant, "env=prod", tenant + "/prod");
        JsonNode unit = unit("db", "'env=test'");
        String path = "/processingunits/" + unit.path("ID").asText();

        client.patch(path, "{'associatedTags': ['env=prod']}");
        assertThat(whereIs(unit)).isEqualTo(tenant + "/prod");
        PolicyClient.in(tenant + "/prod").patch(path, "{'associatedTags': []}");
        assertThat(whereIs(unit)).isEqualTo(tenant);
    }

    @Test
    void theOldestOfSeveralCounts() {
        mapping(tenant, "env=prod", tenant + "/test");
        mapping(tenant, "env=prod", tenant + "/prod");

        assertThat(unit("db", "'env=prod'").path("namespace").asText()).isEqualTo(tenant + "/test");
    }

    @Test
    void neverMapsEnforcers() {
        client.post(
                "/namespacemappingpolicies",
                "{'name': 'm', 'subject': [['$identity=enforcer'],['env=prod']], 'mappedNamespace': '%s/prod'}"
                        .formatted(tenant));
        JsonNode enforcer =
                client.post(
                        "/enforcers",
                        "{'name': 'e', 'FQDN': 'e.local', 'associatedTags': ['env=prod']}");
        assertThat(enforcer.path("namespace").asText()).isEqualTo(tenant);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a namespace that is not there | /prod | TENANT/prod/none | does not exist
                    the namespace itself          | /prod | TENANT/prod      | in a circle
                    the namespace above           | /prod | TENANT           | in a circle
                    a neighbour                   | /prod | TENANT/test      | below TENANT/prod
                    another tenant                | /prod | /elsewhere/below | below TENANT/prod
                    a relative name               | /prod | db               | below TENANT/prod
                    """)
    void refuses(String sentence, String in, String target, String complaint) {
        assertThat(
                        PolicyClient.in(tenant + in)
                                .refused(
                                        "/namespacemappingpolicies",
                                        "{'name': 'm', 'subject': [['a=b']], 'mappedNamespace': '%s'}"
                                                .formatted(target.replace("TENANT", tenant)),
                                        "mappedNamespace"))
                .as(sentence)
                .contains(complaint.replace("TENANT", tenant));
    }

    @Test
    void refusesToMoveUnitsBetweenTenants() {
        assertThat(
                        PolicyClient.in("/")
                                .refused(
                                        "/namespacemappingpolicies",
                                        "{'name': 'm', 'subject': [['a=b']], 'mappedNamespace': '%s'}"
                                                .formatted(tenant),
                                        "mappedNamespace"))
                .contains("stays in its tenant");
    }

    @Test
    void rendersWithoutStoring() {
        mapping(tenant, "env=prod", tenant + "/prod");
        JsonNode answer = client.post("/namespacerenderers", "{'tags': ['env=prod']}");
        assertThat(answer.path("namespace").asText()).isEqualTo(tenant + "/prod");
        assertThat(answer.path("tags").toString()).isEqualTo("[\"env=prod\"]");
        assertThat(
                        client.post("/namespacerenderers", "{'tags': ['env=test']}")
                                .path("namespace")
                                .asText())
                .isEqualTo(tenant);
        client.refused("/namespacerenderers", "{}", "tags");
        client.refused("/namespacerenderers", "{'tags': ['nothing']}", "tags");
    }
}
