package io.ringfence.policy.importing;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.process.ServerProcess;
import io.ringfence.embedded.process.Settings;
import io.ringfence.testkit.installation.TestInstallation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The packaged service as a process of its own, as the launcher starts it.
final class PolicyProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ServerProcess process;

    private PolicyProcess(ServerProcess process) {
        this.process = process;
    }

    /// Returns once it is ready.
    static PolicyProcess start(Path folder) throws IOException, InterruptedException {
        TestInstallation installation = TestInstallation.get();
        Path configuration = folder.resolve("policy.properties");
        Files.writeString(
                configuration,
                new Settings(installation.configurationOf(Principal.POLICY_SERVICE)).toText());
        URI ready =
                URI.create(
                        "http://127.0.0.1:%d/q/health/ready"
                                .formatted(
                                        installation
                                                .installation()
                                                .ports()
                                                .management(Principal.POLICY_SERVICE)));
        return new PolicyProcess(
                ServerProcess.start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dquarkus.config.locations=" + configuration,
                                "-jar",
                                "target/quarkus-app/quarkus-run.jar"),
                        folder.resolve("policy.log"),
                        () -> answers(ready),
                        PATIENCE));
    }

    private static boolean answers(URI ready) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// What it used of the processors since it started.
    Duration cpu() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /// `kill -9`
    void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
