package io.ringfence.policy.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class HeartbeatIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENFORCER = "6c0000000000000000000001";
    private static final String OTHER = "6c0000000000000000000002";
    private static final String TENANT = "/heartbeat";

    @Inject HeartbeatWatch watch;

    private final AssertedClient client =
            AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE).in(TENANT);

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private AssertedClient enforcer(String id) {
        return client.as(Callers.enforcer(id, TENANT), Callers.ENFORCER_ROLE);
    }

    private void register(String id) {
        json(enforcer(id).post("/enforcers", "{\"name\":\"db\",\"FQDN\":\"db.local\"}"));
    }

    private static void later(Duration later) {
        QuarkusMock.installMockForType(Clock.offset(Clock.systemUTC(), later), Clock.class);
    }

    @Test
    void anEnforcerThatIsSilentForFiveMinutesIsUnreachableUntilItPokes() throws Throwable {
        register(ENFORCER);
        String path = "/enforcers/" + ENFORCER;

        later(Duration.ofMinutes(4));
        watch.look();
        assertThat(json(client.get(path)).path("unreachable").asBoolean()).isFalse();

        later(Duration.ofMinutes(6));
        watch.look();
        assertThat(json(client.get(path)).path("unreachable").asBoolean()).isTrue();
        assertThat(json(client.get("/enforcers?q=unreachable%20==%20true")))
                .extracting(each -> each.path("ID").asText())
                .contains(ENFORCER);

        JsonNode poked = json(enforcer(ENFORCER).get(path + "/poke?status=Connected&version=1.2"));
        assertThat(poked.isArray()).isTrue();
        JsonNode after = json(client.get(path));
        assertThat(after.path("unreachable").asBoolean()).isFalse();
        assertThat(after.path("operationalStatus").asText()).isEqualTo("Connected");
        assertThat(after.path("currentVersion").asText()).isEqualTo("1.2");
        watch.look();
        assertThat(json(client.get(path)).path("unreachable").asBoolean()).isFalse();

        json(enforcer(ENFORCER).get(path + "/poke?sessionID=1&sessionClose=true"));
        assertThat(json(client.get(path)).path("operationalStatus").asText())
                .isEqualTo("Disconnected");
    }

    @Test
    void pokesForItselfAndItsOwnOnly() {
        register(ENFORCER);
        register(OTHER);
        String unit =
                json(enforcer(ENFORCER)
                                .post("/processingunits", "{\"name\":\"db\",\"type\":\"Host\"}"))
                        .path("ID")
                        .asText();

        assertThat(enforcer(OTHER).get("/enforcers/" + ENFORCER + "/poke").statusCode())
                .isEqualTo(403);
        assertThat(enforcer(OTHER).get("/processingunits/" + unit + "/poke").statusCode())
                .isEqualTo(403);
        AssertedClient viewer = client.as(Callers.administrator(), "*,get");
        assertThat(viewer.get("/enforcers/" + ENFORCER + "/poke").statusCode()).isEqualTo(403);

        json(
                enforcer(ENFORCER)
                        .get(
                                "/processingunits/%s/poke?status=Running&enforcementStatus=Active&ts=2026-11-27T10:00:00Z"
                                        .formatted(unit)));
        JsonNode poked = json(client.get("/processingunits/" + unit));
        assertThat(poked.path("operationalStatus").asText()).isEqualTo("Running");
        assertThat(poked.path("enforcementStatus").asText()).isEqualTo("Active");
        assertThat(poked.path("lastLocalTimestamp").asText()).isEqualTo("2026-11-27T10:00:00.000Z");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "status=Dead, status",
        "cpuload=much, cpuload",
        "ts=yesterday, ts",
        "sessionClose=perhaps, sessionClose",
        "enforcementStatus=Broken, enforcementStatus",
        "colour=red, colour"
    })
    void refusesWhatItDoesNotUnderstand(String query, String named) {
        register(ENFORCER);
        HttpResponse<String> answer =
                enforcer(ENFORCER).get("/enforcers/%s/poke?%s".formatted(ENFORCER, query));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'" + named + "'");
    }

    @Test
    void archivesATerminatedUnitUntilItIsBack() {
        register(ENFORCER);
        AssertedClient own = enforcer(ENFORCER);
        String body =
                "{\"name\":\"pod\",\"type\":\"Docker\",\"nativeContextID\":\"c1\",\"operationalStatus\":\"Running\"}";
        String id = json(own.post("/processingunits", body)).path("ID").asText();
        String byId = "q=ID%20==%20" + id;

        json(own.get("/processingunits/" + id + "/poke?status=Terminated"));
        assertThat(json(client.get("/processingunits?" + byId))).isEmpty();
        assertThat(json(client.get("/processingunits?archived=true&" + byId))).hasSize(1);

        assertThat(json(own.post("/processingunits", body)).path("ID").asText()).isEqualTo(id);
        assertThat(json(client.get("/processingunits?" + byId))).hasSize(1);
    }
}
