package io.ringfence.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.Ports;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.ConsoleServers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class HealthIT {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ports ports = TestInstallation.get().installation().ports();

    @Test
    void showsThatKafkaIsDeadAndThatItLivesAgain() throws Exception {
        ProcessHandle kafka = kafka();
        await().atMost(Duration.ofSeconds(20)).until(() -> status("kafka").equals("Operational"));
        try {
            signal(kafka, "STOP");

            await().atMost(SHOWN_WITHIN).until(() -> status("kafka").equals("Offline"));
            assertThat(ask().statusCode()).isEqualTo(218);
        } finally {
            signal(kafka, "CONT");
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> status("kafka").equals("Operational"));
    }

    /// What a service says about the system behind it is said here, and forgotten as soon as the
    /// service says otherwise.
    @ParameterizedTest
    @CsvSource({
        "IDENTITY_SERVICE, Reactive PostgreSQL connections health check, postgresql",
        "METRICS_SERVICE, VictoriaMetrics, victoria-metrics",
    })
    void showsWhatAServiceMisses(Principal service, String check, String system) throws Exception {
        AtomicReference<String> says = new AtomicReference<>("UP");
        HttpServer management =
                HttpServer.create(new InetSocketAddress("127.0.0.1", ports.management(service)), 0);
        management.createContext(
                "/q/health/ready",
                exchange -> {
                    byte[] document =
                            """
                            {"status": "%1$s", "checks": [{"name": "%2$s", "status": "%1$s"}]}
                            """
                                    .formatted(says.get(), check)
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, document.length);
                    exchange.getResponseBody().write(document);
                    exchange.close();
                });
        management.start();
        try {
            await().atMost(SHOWN_WITHIN).until(() -> status(system).equals("Operational"));

            says.set("DOWN");
            await().atMost(SHOWN_WITHIN).until(() -> status(system).equals("Offline"));
            assertThat(status(service.commonName())).isEqualTo("Degraded");

            says.set("UP");
            await().atMost(SHOWN_WITHIN).until(() -> status(system).equals("Operational"));
        } finally {
            management.stop(0);
        }
        await().atMost(SHOWN_WITHIN).until(() -> status(service.commonName()).equals("Offline"));
    }

    private String status(String name) throws IOException, InterruptedException {
        for (JsonNode check : JSON.readTree(ask().body())) {
            if (check.path("name").asText().equals(name)) {
                return check.path("status").asText();
            }
        }
        return "";
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + ports.api() + "/healthchecks");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    /// Of this test's own installation.
    private static ProcessHandle kafka() {
        return ProcessHandle.current()
                .descendants()
                .filter(process ->
                        process.info().commandLine().orElse("").contains("kafka.KafkaServer"))
                .findFirst()
                .orElseThrow();
    }

    private static void signal(ProcessHandle process, String signal)
            throws IOException, InterruptedException {
        int code =
                new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor();
        assertThat(code).isZero();
    }
}
