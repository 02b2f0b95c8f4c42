package io.ringfence.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.gateway.health.Check.Status;
import io.ringfence.gateway.health.Check.Type;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverviewTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Check GATEWAY = Check.operational(Type.GENERAL, "gateway", Duration.ZERO);
    private static final Check KAFKA =
            Check.operational(Type.MESSAGING_SYSTEM, "kafka", Duration.ofNanos(195_000));
    private static final String DATABASE = "Reactive PostgreSQL connections health check";

    @Test
    void isFineWhenEverythingIs() {
        Overview overview =
                Overview.of(
                        GATEWAY,
                        KAFKA,
                        List.of(service(DATABASE, "UP"), service("flow ingest", "UP")));

        assertThat(overview.code()).isEqualTo(200);
        assertThat(overview.checks())
                .extracting(Check::type)
                .contains(
                        Type.GENERAL,
                        Type.SERVICE,
                        Type.DATABASE,
                        Type.TIME_SERIES,
                        Type.MESSAGING_SYSTEM);
    }

    @Test
    void namesTheDatabaseThatAServiceMisses() {
        Overview overview =
                Overview.of(
                        GATEWAY,
                        KAFKA,
                        List.of(service(DATABASE, "DOWN"), service("flow ingest", "UP")));

        assertThat(overview.code()).isEqualTo(218);
        assertThat(status(overview, "postgresql")).isEqualTo(Status.OFFLINE);
        assertThat(status(overview, "victoria-metrics")).isEqualTo(Status.OPERATIONAL);
        assertThat(status(overview, "service")).isEqualTo(Status.DEGRADED);
    }

    @Test
    void namesTheServiceThatDoesNotAnswer() {
        Overview overview =
                Overview.of(
                        GATEWAY,
                        KAFKA,
                        List.of(
                                Readiness.unreachable("policy-service", Duration.ZERO),
                                service(DATABASE, "UP"),
                                service("flow ingest", "UP")));

        assertThat(overview.code()).isEqualTo(218);
        assertThat(status(overview, "policy-service")).isEqualTo(Status.OFFLINE);
        assertThat(status(overview, "postgresql")).isEqualTo(Status.OPERATIONAL);
    }

    @Test
    void takesTheGatewayItselfMoreSeriously() {
        Check starting = Check.offline(Type.GENERAL, "gateway", Duration.ZERO, "Starting.");

        assertThat(Overview.of(starting, KAFKA, List.of()).code()).isEqualTo(503);
    }

    @Test
    void writesTheNamesOfTheModel() throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(KAFKA))
                .isEqualTo(
                        """
                        {"type":"MessagingSystem","status":"Operational","name":"kafka",\
                        "responseTime":"195µs"}\
                        """);
    }

    @Test
    void looksForManagementBesideTheServices() {
        Map<String, URI> addresses =
                ServiceHealth.addresses(
                        Map.of("metrics-service", URI.create("http://127.0.0.1:1/ready")),
                        Map.of(
                                "identity", URI.create("https://127.0.0.1:20101"),
                                "metrics", URI.create("https://127.0.0.1:20104")));

        assertThat(addresses)
                .containsOnly(
                        Map.entry(
                                "identity-service",
                                URI.create("http://127.0.0.1:20201/q/health/ready")),
                        Map.entry(
                                "flow-ingest-service",
                                URI.create("http://127.0.0.1:20203/q/health/ready")),
                        Map.entry("metrics-service", URI.create("http://127.0.0.1:1/ready")));
    }

    private static Status status(Overview overview, String name) {
        return overview.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static Readiness service(String check, String status) {
        String document =
                """
                {"status": "%s", "checks": [{"name": "%s", "status": "%s"}]}\
                """
                        .formatted(status, check, status);
        try {
            return Readiness.of("service", Duration.ofMillis(3), JSON.readTree(document));
        } catch (JsonProcessingException e) {
            throw new AssertionError(document, e);
        }
    }
}
