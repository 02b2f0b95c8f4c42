package io.ringfence.policy.relations;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.service.ConsoleServers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class RelationsIT {
    private static int tenants;

    private final String tenant = "/relations" + ++tenants;
    private final PolicyClient client = PolicyClient.in(tenant);
    private final PolicyClient child = PolicyClient.in(tenant + "/child");

    private static String made(PolicyClient where, String plural, String body) {
        return "/%s/%s".formatted(plural, where.post("/" + plural, body).path("ID").asText());
    }

    private static void unit(PolicyClient where, String name, String tags) {
        made(
                where,
                "processingunits",
                "{'name': '%s', 'type': 'Docker', 'associatedTags': [%s]}".formatted(name, tags));
    }

    private static void network(PolicyClient where, String name, boolean propagate) {
        made(
                where,
                "externalnetworks",
                "{'name': '%s', 'entries': ['10.0.0.0/8'], 'associatedTags': ['net=%s'], 'propagate': %s}"
                        .formatted(name, name, propagate));
    }

    @Test
    void findsWhomARulesetIsAboutAndWhomItNames() {
        unit(client, "web", "'app=web'");
        unit(client, "db", "'app=db','env=prod'");
        unit(client, "testdb", "'app=db','env=test'");
        unit(child, "childweb", "'app=web'");
        network(client, "internet", false);
        network(client, "dns", false);
        String body =
                """
                {'name': 'r', 'subject': [['app=web']], 'propagate': %s,
                 'outgoingRules': [{'object': [['app=db','env=prod']]}, {'object': [['net=d*']]}],
                 'incomingRules': [{'object': [['net=internet']]}]}
                """;
        String ruleset = made(client, "networkrulesetpolicies", body.formatted(false));
        String propagated = made(client, "networkrulesetpolicies", body.formatted(true));

        assertThat(client.names(ruleset + "/processingunits?mode=subject")).containsExactly("web");
        assertThat(client.names(propagated + "/processingunits?mode=subject"))
                .containsExactlyInAnyOrder("web", "childweb");
        assertThat(child.names(propagated + "/processingunits?mode=subject"))
                .containsExactly("childweb");
        assertThat(client.names(ruleset + "/processingunits")).containsExactly("db");
        assertThat(client.names(ruleset + "/processingunits?mode=object")).containsExactly("db");
        assertThat(client.names(ruleset + "/externalnetworks"))
                .containsExactlyInAnyOrder("internet", "dns");
        assertThat(client.names(ruleset + "/externalnetworks?mode=subject")).isEmpty();
        assertThat(client.names(ruleset + "/services")).isEmpty();
        assertThat(child.http().get(ruleset + "/processingunits").statusCode()).isEqualTo(404);
        assertThat(client.http().get(ruleset + "/processingunits?mode=both").statusCode())
                .isEqualTo(400);
    }

    @Test
    void namesNetworksThatArePropagatedToIt() {
        network(client, "shared", true);
        network(client, "private", false);
        String ruleset =
                made(
                        child,
                        "networkrulesetpolicies",
                        "{'name': 'r', 'subject': [['a=b']], 'outgoingRules': [{'object':"
                                + " [['net=shared'],['net=private']]}]}");
        assertThat(child.names(ruleset + "/externalnetworks")).containsExactly("shared");
    }

    @Test
    void givesAnEnforcerItsProfiles() {
        String enforcer =
                made(
                        child,
                        "enforcers",
                        "{'name': 'e', 'FQDN': 'e.local', 'associatedTags': ['os=linux']}");
        made(
                client,
                "enforcerprofiles",
                "{'name': 'linux', 'associatedTags': ['profile=linux'], 'propagate': true}");
        made(
                client,
                "enforcerprofiles",
                "{'name': 'plain', 'associatedTags': ['profile=plain'], 'propagate': true}");
        String fallback =
                made(
                        client,
                        "enforcerprofilemappingpolicies",
                        "{'name': 'f', 'subject': [['$identity=enforcer']], 'object':"
                                + " [['profile=plain']], 'fallback': true, 'propagate': true}");
        assertThat(child.names(enforcer + "/enforcerprofiles")).containsExactly("plain");

        String mapping =
                made(
                        client,
                        "enforcerprofilemappingpolicies",
                        "{'name': 'm', 'subject': [['os=linux']], 'object': [['profile=linux']],"
                                + " 'propagate': true}");
        assertThat(child.names(enforcer + "/enforcerprofiles")).containsExactly("linux");
        assertThat(client.names(mapping + "/enforcers")).containsExactly("e");
        assertThat(client.names(mapping + "/enforcerprofiles")).containsExactly("linux");
        assertThat(client.names(fallback + "/enforcerprofiles")).containsExactly("plain");

        client.patch(mapping, "{'disabled': true}");
        assertThat(child.names(enforcer + "/enforcerprofiles")).containsExactly("plain");
    }

    @Test
    void tellsThatHostServicesAreDeprecated() {
        String enforcer = made(client, "enforcers", "{'name': 'e', 'FQDN': 'e.local'}");
        made(
                client,
                "hostservices",
                "{'name': 'web', 'services': ['tcp/80'], 'associatedTags': ['s=web']}");
        String mapping =
                made(
                        client,
                        "hostservicemappingpolicies",
                        "{'name': 'm', 'subject': [['$name=e']], 'object': [['s=web']]}");
        assertThat(client.names(enforcer + "/hostservices?appliedServices=true"))
                .containsExactly("web");
        assertThat(client.names(mapping + "/enforcers")).containsExactly("e");
        assertThat(client.http().get("/hostservices").headers().allValues("X-Messages"))
                .singleElement()
                .asString()
                .contains("externalnetworks", "networkrulesetpolicies");
    }

    @Test
    void showsWhoOffersAndNeedsAService() {
        unit(client, "shop", "'app=shop'");
        unit(client, "web", "'app=web'");
        made(client, "httpresourcespecs", "{'name': 'cart', 'associatedTags': ['api=cart']}");
        String service =
                made(
                        client,
                        "services",
                        "{'name': 'shop', 'exposedPort': 443, 'selectors': [['app=shop']],"
                                + " 'exposedAPIs': [['api=cart']], 'associatedTags': ['svc=shop']}");
        String dependency =
                made(
                        client,
                        "servicedependencies",
                        "{'name': 'd', 'subject': [['app=web']], 'object': [['svc=shop']]}");

        assertThat(client.names(service + "/processingunits")).containsExactly("shop");
        assertThat(client.names(service + "/httpresourcespecs")).containsExactly("cart");
        assertThat(client.names(dependency + "/processingunits")).containsExactly("web");
        assertThat(client.names(dependency + "/services")).containsExactly("shop");
        for (String name : new String[] {"shop", "web"}) {
            String unit =
                    client.get("/processingunits?q=name%20==%20" + name)
                            .path(0)
                            .path("ID")
                            .asText();
            assertThat(client.names("/processingunits/" + unit + "/services"))
                    .as(name)
                    .containsExactly("shop");
        }
        assertThat(client.http().get("/services").headers().allValues("X-Messages"))
                .containsExactly("not enforced");
    }
}
