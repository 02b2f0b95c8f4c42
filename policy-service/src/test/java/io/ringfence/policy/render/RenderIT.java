package io.ringfence.policy.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.service.ConsoleServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class RenderIT {
    private static int tenants;

    private final String tenant = "/render" + ++tenants;
    private final PolicyClient client = PolicyClient.in(tenant);
    private final PolicyClient child = PolicyClient.in(tenant + "/child");

    private void ruleset(PolicyClient where, String name, String more) {
        where.post(
                "/networkrulesetpolicies",
                "{'name': '%s', 'subject': [['app=web']] %s}".formatted(name, more));
    }

    @Test
    void rendersWhatCountsForAUnit() {
        client.post(
                "/externalnetworks",
                "{'name': 'dns', 'entries': ['10.0.0.2'], 'associatedTags': ['net=dns'],"
                        + " 'propagate': true}");
        ruleset(
                client,
                "above",
                ", 'propagate': true, 'outgoingRules': [{'object': [['net=dns']], 'protocolPorts':"
                        + " ['udp/53'], 'name': 'dns'}]");
        ruleset(client, "not propagated", ", 'outgoingRules': [{'object': [['a=b']]}]");
        ruleset(
                child,
                "here",
                ", 'incomingRules': [{'action': 'Reject', 'object': [['app=web']]}]");
        ruleset(child, "disabled", ", 'disabled': true, 'incomingRules': [{'object': [['a=b']]}]");
        ruleset(child, "fallback", ", 'fallback': true, 'incomingRules': [{'object': [['a=b']]}]");
        ruleset(
                child,
                "expired",
                ", 'expirationTime': '2021-04-07T10:00:00Z', 'incomingRules': [{'object':"
                        + " [['a=b']]}]");
        String unit =
                child.post(
                                "/processingunits",
                                "{'name': 'u', 'type': 'Host', 'associatedTags': ['app=web']}")
                        .path("ID")
                        .asText();

        JsonNode list =
                child.get("/processingunits/%s/renderedpolicies?renderer=v2".formatted(unit));
        assertThat(list).hasSize(1);
        JsonNode rendered = list.get(0);
        JsonNode rules = rendered.path("ruleSetPolicies");
        assertThat(rules)
                .extracting(rule -> rule.path("name").asText())
                .containsExactlyInAnyOrder("above", "here");
        JsonNode above =
                rules.get(0).path("name").asText().equals("above") ? rules.get(0) : rules.get(1);
        assertThat(above.path("propagated").asBoolean()).isTrue();
        assertThat(above.path("policyNamespace").asText()).isEqualTo(tenant);
        assertThat(above.path("relation").toString()).isEqualTo("[\"outgoing\"]");
        assertThat(above.path("action").path("Allow").path("protocolPorts").toString())
                .isEqualTo("[\"udp/53\"]");
        assertThat(above.path("externalNetworks").findValuesAsText("name")).containsExactly("dns");
        assertThat(rendered.path("matchingTags").toString()).isEqualTo("[\"app=web\"]");
        assertThat(rendered.path("defaultPUIncomingTrafficAction").asText()).isEqualTo("Reject");
        assertThat(child.post("/processingunits/%s/renderedpolicies".formatted(unit), "{}"))
                .isEqualTo(rendered);

        JsonNode hypothetical =
                child.post("/renderedpolicies", "{'processingUnitTags': ['app=web']}");
        assertThat(hypothetical.path("ruleSetPolicies")).isEqualTo(rules);
        assertThat(
                        child.http()
                                .post(
                                        "/renderedpolicies?renderer=v1",
                                        "{\"processingUnitTags\":[\"a=b\"]}")
                                .headers()
                                .firstValue("X-Messages"))
                .isPresent();
    }

    @Test
    void showsTheNetworksThatEachRuleMeans() {
        String above =
                network(
                        client,
                        "above",
                        "'entries': ['10.0.0.0/8', '!10.1.0.0/16'], 'propagate': true");
        network(client, "hidden", "'entries': ['10.2.0.0/16']");
        String here = network(child, "here", "'entries': ['*.example.org']");
        ruleset(
                child,
                "web",
                ", 'incomingRules': [{'object': [['net=x']]}, {'object': [['app=web']]}],"
                        + " 'outgoingRules': [{'object': [['net=*']]}]");
        JsonNode seen = awaitNetworks(2);
        assertThat(seen.at("/incomingRules/0/networks").findValuesAsText("ID"))
                .containsExactlyInAnyOrder(above, here);
        assertThat(seen.at("/incomingRules/1/networks")).isEmpty();
        assertThat(seen.at("/outgoingRules/0/networks"))
                .isEqualTo(seen.at("/incomingRules/0/networks"));
        for (JsonNode network : seen.at("/incomingRules/0/networks")) {
            boolean isAbove = network.path("ID").asText().equals(above);
            assertThat(network.path("namespace").asText())
                    .isEqualTo(isAbove ? tenant : tenant + "/child");
            assertThat(network.path("entries").toString())
                    .isEqualTo(
                            isAbove ? "[\"10.0.0.0/8\",\"!10.1.0.0/16\"]" : "[\"*.example.org\"]");
        }

        String path = "/networkrulesetpolicies/" + seen.path("ID").asText();
        assertThat(child.http().put(path, seen.toString()).statusCode()).isEqualTo(200);
        assertThat(
                        child.post("/export", "{'identities': ['networkrulesetpolicy']}")
                                .findValues("networks"))
                .as("what is computed is not exported")
                .isEmpty();
        child.patch("/externalnetworks/" + here, "{'archived': true}");
        assertThat(awaitNetworks(1).at("/incomingRules/0/networks/0/ID").asText()).isEqualTo(above);
    }

    private static String network(PolicyClient where, String name, String attributes) {
        return where.post(
                        "/externalnetworks",
                        "{'name': '%s', 'associatedTags': ['net=x'], %s}"
                                .formatted(name, attributes))
                .path("ID")
                .asText();
    }

    private JsonNode awaitNetworks(int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        child.get("/networkrulesetpolicies")
                                        .at("/0/incomingRules/0/networks")
                                        .size()
                                == count);
        return child.get("/networkrulesetpolicies").get(0);
    }

    @Test
    void keepsFallbacksUntilSomethingEnforces() {
        ruleset(client, "fallback", ", 'fallback': true, 'incomingRules': [{'object': [['a=b']]}]");
        ruleset(
                client,
                "observing",
                ", 'incomingRules': [{'object': [['a=b']], 'observationEnabled': true}]");
        assertThat(names("{'processingUnitTags': ['app=web']}"))
                .containsExactlyInAnyOrder("fallback", "observing");
        ruleset(client, "enforcing", ", 'incomingRules': [{'object': [['a=b']]}]");
        assertThat(names("{'processingUnitTags': ['app=web']}"))
                .containsExactlyInAnyOrder("observing", "enforcing");
    }

    private java.util.List<String> names(String body) {
        return client.post("/renderedpolicies", body)
                .path("ruleSetPolicies")
                .valueStream()
                .map(rule -> rule.path("name").asText())
                .toList();
    }

    @Test
    void climbsToTheDefaultAction() {
        PolicyClient.announce(
                ObjectFixture.namespace(tenant)
                        .with("defaultPUIncomingTrafficAction", "Allow")
                        .with("defaultPUOutgoingTrafficAction", "Inherit"),
                tenant,
                1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    JsonNode rendered =
                            child.post("/renderedpolicies", "{'processingUnitTags': ['a=b']}");
                    assertThat(rendered.path("defaultPUIncomingTrafficAction").asText())
                            .isEqualTo("Allow");
                    assertThat(rendered.path("defaultPUOutgoingTrafficAction").asText())
                            .isEqualTo("Reject");
                });
    }

    @Test
    void rendersPoliciesOfOtherTypes() {
        client.post("/enforcerprofiles", "{'name': 'linux', 'associatedTags': ['profile=linux']}");
        client.post(
                "/enforcerprofilemappingpolicies",
                "{'name': 'm', 'subject': [['os=linux']], 'object': [['profile=linux']]}");
        client.post(
                "/tokenscopepolicies",
                "{'name': 't', 'subject': [['os=linux']], 'assignedScopes': ['read']}");

        assertThat(
                        client.post(
                                        "/policyrenderers",
                                        "{'type': 'EnforcerProfile', 'tags': ['os=linux']}")
                                .path("policies")
                                .path(0)
                                .path("enforcerProfiles")
                                .findValuesAsText("name"))
                .containsExactly("linux");
        assertThat(
                        client.post(
                                        "/policyrenderers",
                                        "{'type': 'EnforcerProfile', 'tags': ['profile=linux'],"
                                                + " 'processMode': 'Object'}")
                                .path("policies"))
                .hasSize(1);
        assertThat(
                        client.post(
                                        "/policyrenderers",
                                        "{'type': 'TokenScope', 'tags': ['os=linux']}")
                                .path("policies")
                                .path(0)
                                .path("action")
                                .toString())
                .contains("read");
        ruleset(
                client,
                "named",
                ", 'incomingRules': [{'object': [['os=linux']]}, {'object': [['a=b']]}]");
        assertThat(
                        client.post(
                                        "/policyrenderers",
                                        "{'type': 'Network', 'tags': ['os=linux'], 'processMode':"
                                                + " 'Object'}")
                                .path("policies"))
                .hasSize(1);
        assertThat(
                        client.refused(
                                "/policyrenderers",
                                "{'type': 'SSHAuthorization', 'tags': ['a=b']}",
                                "type"))
                .contains("networkrulesetpolicies");
        client.refused("/policyrenderers", "{'type': 'Network'}", "tags");
        client.refused("/policyrenderers", "{'type': 'Weather', 'tags': ['a=b']}", "type");
    }
}
