package io.ringfence.testkit.installation;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.Installation;
import io.ringfence.embedded.init.Ports;
import io.ringfence.embedded.init.ServiceConfiguration;
import io.ringfence.embedded.jwks.JwksEndpoint;
import io.ringfence.embedded.postgres.PostgresSettings;
import io.ringfence.embedded.process.ReadyMark;
import io.ringfence.embedded.process.ServerProcess;
import io.ringfence.embedded.process.Settings;
import io.ringfence.embedded.victoriametrics.VictoriaMetrics;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The installation that this JVM's tests share.
///
/// Tests of one service may be loaded by several class loaders (Quarkus does that), so what has
/// been started is noted in system properties, where all of them find it.
public final class TestInstallation {
    private static final String FOLDER = "ringfence.testkit.folder";
    private static final String BASE = "ringfence.testkit.port-base";
    private static final String STARTED = "ringfence.testkit.started.";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Object LOCK = "ringfence.testkit.lock".intern();
    private static @Nullable TestInstallation shared;

    private final TestRun run;
    private final Installation installation;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private TestInstallation(TestRun run, Installation installation) {
        this.run = run;
        this.installation = installation;
    }

    /// Made at the first call. No server runs yet.
    public static TestInstallation get() {
        synchronized (LOCK) {
            TestInstallation present = shared;
            if (present == null) {
                present = attach();
                shared = present;
            }
            return present;
        }
    }

    private static TestInstallation attach() {
        String folder = System.getProperty(FOLDER);
        TestRun run = folder == null ? TestRun.begin() : new TestRun(Path.of(folder));
        Integer base = Integer.getInteger(BASE);
        Ports ports = base == null ? FreePorts.find() : new Ports(base);
        TestInstallation made =
                new TestInstallation(run, Installation.create(run.data(), ports, List.of()));
        System.setProperty(FOLDER, run.folder().toString());
        System.setProperty(BASE, Integer.toString(ports.base()));
        Runtime.getRuntime().addShutdownHook(new Thread(made::stop));
        return made;
    }

    public Installation installation() {
        return installation;
    }

    /// What the launcher would write for the service, and the ports under the names that Quarkus
    /// tests use. Starts what the service needs.
    public Map<String, String> configurationOf(Principal service) {
        startNeedsOf(service);
        Map<String, String> keys = ServiceConfiguration.of(installation, service);
        copy(keys, "quarkus.http.port", "quarkus.http.test-port");
        copy(keys, "quarkus.http.ssl-port", "quarkus.http.test-ssl-port");
        copy(keys, "quarkus.management.port", "quarkus.management.test-port");
        return keys;
    }

    /// Where a service answers with mutual TLS.
    public URI uriOf(Principal service) {
        return URI.create("https://127.0.0.1:" + installation.ports().service(service));
    }

    public TestInstallation startKafka() {
        once("jwks", () -> running.push(jwks()));
        once("kafka", () -> running.push(server("kafka", "kafka.KafkaServer", 384)));
        return this;
    }

    public TestInstallation startPostgres() {
        once("postgres", () -> running.push(postgres()));
        return this;
    }

    public TestInstallation startVictoriaMetrics() {
        once("victoria-metrics", () -> running.push(victoriaMetrics()));
        return this;
    }

    private void startNeedsOf(Principal service) {
        startKafka();
        switch (service) {
            case IDENTITY_SERVICE, POLICY_SERVICE -> startPostgres();
            case FLOW_INGEST_SERVICE, METRICS_SERVICE -> startVictoriaMetrics();
            case GATEWAY, ENFORCER -> {}
        }
    }

    private JwksEndpoint jwks() throws IOException {
        return JwksEndpoint.start(installation.folder().jwks(), installation.ports().jwks());
    }

    private ServerProcess postgres() throws IOException, InterruptedException {
        PostgresSettings settings = ServiceConfiguration.postgres(installation);
        Files.writeString(
                installation.folder().config("postgres"),
                new Settings(
                                new PostgresSettings(
                                                settings.folder(),
                                                ProjectFolder.postgresBinaries(),
                                                settings.port(),
                                                settings.passwordFile(),
                                                settings.readyMark())
                                        .toProperties())
                        .toText());
        return server("postgres", "postgres.PostgresServer", 64);
    }

    private ServerProcess server(String name, String mainClass, int heapMegabytes)
            throws IOException, InterruptedException {
        return noted(
                ServerProcess.startJava(
                        ProjectFolder.embeddedClassPath(),
                        "io.ringfence.embedded." + mainClass,
                        installation.folder().config(name),
                        heapMegabytes,
                        log(name),
                        new ReadyMark(installation.folder().readyMark(name)),
                        PATIENCE));
    }

    private ServerProcess victoriaMetrics() throws IOException, InterruptedException {
        VictoriaMetrics server =
                VictoriaMetrics.find(
                                installation.folder().victoriaMetrics(),
                                installation.ports().victoriaMetrics())
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "VictoriaMetrics is missing; run: apt-get install"
                                                + " victoria-metrics"));
        return noted(
                ServerProcess.start(
                        server.command(),
                        log("victoria-metrics"),
                        () -> answers(server.health()),
                        PATIENCE));
    }

    /// A service with this configuration, ready. Not ended with the others: whoever started it may
    /// want to see it die.
    ServerProcess service(String name, Map<String, String> keys)
            throws IOException, InterruptedException {
        Path configuration = run.folder().resolve(name + ".properties");
        Files.writeString(configuration, new Settings(keys).toText());
        URI ready =
                URI.create(
                        "http://127.0.0.1:%s/q/health/ready"
                                .formatted(keys.get("quarkus.management.port")));
        return noted(
                ServerProcess.start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dquarkus.config.locations=" + configuration,
                                "-jar",
                                "target/quarkus-app/quarkus-run.jar"),
                        log(name),
                        () -> answers(ready),
                        PATIENCE));
    }

    private Path log(String name) {
        return run.folder().resolveSibling(name + ".log");
    }

    private ServerProcess noted(ServerProcess server) throws IOException {
        run.started(server.pid());
        return server;
    }

    private static boolean answers(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void copy(Map<String, String> keys, String from, String to) {
        String value = keys.get(from);
        if (value != null) {
            keys.put(to, value);
        }
    }

    private static void once(String name, Start start) {
        synchronized (LOCK) {
            if (System.getProperty(STARTED + name) != null) {
                return;
            }
            try {
                start.run();
            } catch (IOException e) {
                throw new IllegalStateException(name + " cannot be started", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(name + " was interrupted while starting", e);
            }
            System.setProperty(STARTED + name, "yes");
        }
    }

    private void stop() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("A test server did not end: " + e);
            }
        }
    }

    @FunctionalInterface
    private interface Start {
        void run() throws IOException, InterruptedException;
    }
}
