package io.ringfence.identity.authorizations;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.testkit.service.ConsoleServers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class AuthorizationIT {
    private static final String POLICY =
            """
            {"name":"%s","subject":[["@auth:realm=certificate","@auth:commonname=x"]],
             "authorizedIdentities":["@auth:role=namespace.viewer"],"authorizedNamespace":"%s"}\
            """;

    @Test
    void reachesDownOnly() {
        createNamespace("/", "rights");
        var inTenant = administrator().in("/rights");
        ok(inTenant.post("/apiauthorizationpolicies", POLICY.formatted("a", "/rights/deeper")));
        refused(
                inTenant.post("/apiauthorizationpolicies", POLICY.formatted("b", "/")),
                422,
                "authorizedNamespace");
        JsonNode kept =
                ok(inTenant.post("/apiauthorizationpolicies", POLICY.formatted("c", "/rights")));
        refused(
                inTenant.patch(
                        "/apiauthorizationpolicies/" + kept.path("ID").asText(),
                        "{\"authorizedNamespace\":\"/rights2\"}"),
                422,
                "authorizedNamespace");
    }

    @Test
    void refusesWhatWouldNotBeHonoured() {
        refused(
                administrator()
                        .post(
                                "/apiauthorizationpolicies",
                                """
                                {"name":"a","subject":[["@auth:realm=certificate"]],
                                 "authorizedIdentities":["@auth:role=namespace.viewer"],"authorizedNamespace":"/"}\
                                """),
                422,
                "subject");
        refused(
                administrator()
                        .post(
                                "/apiauthorizationpolicies",
                                """
                                {"name":"a","subject":[["@auth:realm=certificate","@auth:commonname=x"]],
                                 "authorizedIdentities":["@auth:role=namespace.viewer"],"authorizedNamespace":"/",
                                 "activeSchedule":"0 8 * * *","activeDuration":"8h"}\
                                """),
                422,
                "activeSchedule");
    }
}
