package io.ringfence.identity.authorizations;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.permission.Permissions;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.Restrictions;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class AuthorizationIT {
    private static final AssertedCaller SOMEBODY =
            new AssertedCaller(
                    "somebody",
                    "vince",
                    List.of("@auth:realm=vince", "@auth:account=somebody"),
                    "t",
                    0,
                    Restrictions.NONE);
    private static final String PATH = "/apiauthorizationpolicies";
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

    /// An API authorization has no `propagate`: it holds all the way down from the namespace it
    /// names.
    @Test
    void isInheritedWhereItHoldsUnlessHidden() {
        createNamespace("/", "inherit");
        createNamespace("/inherit", "a");
        createNamespace("/inherit/a", "deep");
        var above = administrator().in("/inherit");
        JsonNode everywhere = ok(above.post(PATH, POLICY.formatted("everywhere", "/inherit")));
        ok(above.post(PATH, POLICY.formatted("a only", "/inherit/a")));
        ok(above.post(PATH, POLICY.formatted("b only", "/inherit/b")));
        JsonNode hidden =
                ok(
                        above.post(
                                PATH,
                                POLICY.formatted("hidden", "/inherit")
                                        .replace("{\"name\"", "{\"hidden\":true,\"name\"")));
        var below = administrator().in("/inherit/a/deep");
        ok(below.post(PATH, POLICY.formatted("own", "/inherit/a/deep")));

        assertThat(names(below.get(PATH))).containsExactly("own");
        assertThat(names(below.get(PATH + "?propagated=true")))
                .contains("everywhere", "a only", "own")
                .doesNotContain("b only", "hidden");
        assertThat(names(above.get(PATH))).contains("everywhere", "hidden");
        ok(below.get(PATH + "/" + everywhere.path("ID").asText() + "?propagated=true"));
        refused(below.get(PATH + "/" + hidden.path("ID").asText() + "?propagated=true"), 404, "");
    }

    private static List<String> names(HttpResponse<String> list) {
        List<String> names = new ArrayList<>();
        ok(list).forEach(each -> names.add(each.path("name").asText()));
        return names;
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
        String policy =
                """
                {"name":"a","subject":[["@auth:realm=certificate","@auth:commonname=x"]],
                 "authorizedIdentities":["%s"],"authorizedNamespace":"/"%s}\
                """;
        String viewer = "@auth:role=namespace.viewer";
        for (String[] wrong :
                new String[][] {
                    {viewer, "\"activeSchedule\":\"0 8 * * *\"", "activeDuration"},
                    {viewer, "\"activeDuration\":\"8h\"", "activeSchedule"},
                    {
                        viewer,
                        "\"activeSchedule\":\"sometimes\",\"activeDuration\":\"8h\"",
                        "activeSchedule"
                    },
                    {
                        viewer,
                        "\"activeSchedule\":\"0 8 * * *\",\"activeDuration\":\"8 hours\"",
                        "activeDuration"
                    },
                    {viewer, "\"authorizedSubnets\":[\"10.0.0.0/33\"]", "authorizedSubnets"},
                    {"@auth:role=no.such.role", "\"disabled\":false", "authorizedIdentities"},
                    {"nosuchidentity,get", "\"disabled\":false", "authorizedIdentities"},
                    {"namespace,look", "\"disabled\":false", "authorizedIdentities"},
                }) {
            refused(
                    administrator()
                            .post(
                                    "/apiauthorizationpolicies",
                                    policy.formatted(wrong[0], "," + wrong[1])),
                    422,
                    wrong[2]);
        }
    }

    @Test
    void keepsASchedule() {
        createNamespace("/", "scheduled");
        JsonNode policy =
                ok(
                        administrator()
                                .in("/scheduled")
                                .post(
                                        "/apiauthorizationpolicies",
                                        """
                                        {"name":"office hours","subject":[["@auth:realm=vince","@auth:account=x"]],
                                         "authorizedIdentities":["@auth:role=app.viewer"],
                                         "authorizedNamespace":"/scheduled",
                                         "activeSchedule":"0 8 * * 1-5","activeDuration":"10h"}\
                                        """));
        assertThat(policy.path("activeSchedule").asText()).isEqualTo("0 8 * * 1-5");
        assertThat(policy.path("activeDuration").asText()).isEqualTo("10h");
    }

    /// Not by creating a policy, nor by changing whom one is for.
    @Test
    void letsNobodyGrantRightsTheyLack() {
        createNamespace("/", "escalation");
        AssertedClient administrator = administrator().in("/escalation");
        JsonNode administrators =
                ok(
                        administrator.post(
                                "/apiauthorizationpolicies",
                                POLICY.formatted("admins", "/escalation")
                                        .replace("namespace.viewer", "namespace.administrator")));
        AssertedClient infrastructure =
                administrator.as(
                        SOMEBODY,
                        Permissions.of(List.of("@auth:role=infrastructure.administrator"))
                                .lines()
                                .toArray(String[]::new));

        String refusal =
                refused(
                        infrastructure.post(
                                "/apiauthorizationpolicies",
                                POLICY.formatted("me", "/escalation")
                                        .replace("namespace.viewer", "namespace.administrator")),
                        403,
                        "authorizedIdentities");
        assertThat(refusal).contains("@auth:role=namespace.administrator", "/escalation");
        refused(
                infrastructure.patch(
                        "/apiauthorizationpolicies/" + administrators.path("ID").asText(),
                        "{\"subject\":[[\"@auth:realm=vince\",\"@auth:account=me\"]]}"),
                403,
                "authorizedIdentities");
        refused(
                infrastructure.post(
                        "/apiauthorizationpolicies",
                        POLICY.formatted("me", "/escalation")
                                .replace("@auth:role=namespace.viewer", "namespace,delete")),
                403,
                "authorizedIdentities");
        ok(
                infrastructure.post(
                        "/apiauthorizationpolicies",
                        POLICY.formatted("developers", "/escalation")
                                .replace("namespace.viewer", "app.developer")));
    }

    @Test
    void isNotThereForAnotherNamespace() {
        createNamespace("/", "mine");
        createNamespace("/", "yours");
        String id =
                ok(administrator()
                                .in("/mine")
                                .post("/apiauthorizationpolicies", POLICY.formatted("a", "/mine")))
                        .path("ID")
                        .asText();
        String path = "/apiauthorizationpolicies/" + id;
        AssertedClient yours = administrator().in("/yours");
        refused(yours.get(path), 404, "");
        refused(yours.patch(path, "{\"description\":\"a\"}"), 404, "");
        refused(yours.put(path, POLICY.formatted("a", "/yours")), 404, "");
        refused(yours.delete(path), 404, "");
        refused(administrator().get(path), 404, "");
        ok(administrator().in("/mine").get(path));
    }
}
