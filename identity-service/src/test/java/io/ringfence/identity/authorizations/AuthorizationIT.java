package io.ringfence.identity.authorizations;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
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
    void makesTheBootstrapCredentialAdministrator() throws Exception {
        JsonNode policies = ok(administrator().get("/apiauthorizationpolicies"));
        JsonNode policy = null;
        for (JsonNode each : policies) {
            policy = each.path("name").asText().equals("administrator") ? each : policy;
        }
        assertThat(policy).isNotNull();
        String id = TestInstallation.get().installation().administratorId();
        assertThat(policy.path("subject").toString())
                .isEqualTo(
                        "[[\"@auth:realm=certificate\",\"@auth:commonname=app:credential:%s:administrator\"]]"
                                .formatted(id));
        assertThat(policy.path("authorizedIdentities").path(0).asText())
                .isEqualTo("@auth:role=namespace.administrator");
        assertThat(policy.path("authorizedNamespace").asText()).isEqualTo("/");
        try (TopicReader topic =
                TestKafka.of(TestInstallation.get())
                        .readFromBeginning(Topic.AUTHORIZATION_CHANGED.topicName())) {
            ObjectState announced =
                    ObjectState.parseFrom(topic.awaitKey(policy.path("ID").asText()).value());
            assertThat(BodyFormat.JSON.read(announced.getJson().toByteArray())).isEqualTo(policy);
        }
    }

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
