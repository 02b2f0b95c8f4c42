package io.ringfence.flowingest;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.process.ServerProcess;
import io.ringfence.embedded.process.Settings;
import io.ringfence.testkit.installation.TestInstallation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The packaged service as a process of its own, as the launcher starts it.
final class IngestProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ServerProcess process;
    private final String management;

    private IngestProcess(ServerProcess process, String management) {
        this.process = process;
        this.management = management;
        Runtime.getRuntime().addShutdownHook(new Thread(this::killQuietly));
    }

    /// Also when the tests are ended from outside.
    private void killQuietly() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns once it is ready.
    static IngestProcess start(Path folder, URI store) throws IOException, InterruptedException {
        String management =
                "http://127.0.0.1:"
                        + TestInstallation.get()
                                .installation()
                                .ports()
                                .management(Principal.FLOW_INGEST_SERVICE);
        ServerProcess process =
                ServerProcess.start(
                        command(folder, store),
                        folder.resolve("ingest.log"),
                        () -> Store.answers(management + "/q/health/ready"),
                        PATIENCE);
        return new IngestProcess(process, management);
    }

    static List<String> command(Path folder, URI store) throws IOException {
        Map<String, String> keys =
                TestInstallation.get().configurationOf(Principal.FLOW_INGEST_SERVICE);
        keys.put("ringfence.victoria-metrics.url", store.toString());
        keys.put("ringfence.flow-ingest.commit-behind", "15s");
        keys.put("ringfence.flow-ingest.commit-every", "1s");
        Path configuration = folder.resolve("ingest.properties");
        Files.writeString(configuration, new Settings(keys).toText());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.config.locations=" + configuration,
                "-jar",
                "target/quarkus-app/quarkus-run.jar");
    }

    /// The sum over all series of one of its metrics, or one series.
    double metric(String name) throws IOException, InterruptedException {
        return Store.get(management + "/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
