package io.ringfence.cli.launch;

import io.ringfence.cli.process.AotCache;
import io.ringfence.cli.process.ProcessPlan;
import io.ringfence.cli.process.ProjectHome;
import io.ringfence.cli.process.Readiness;
import io.ringfence.cli.stack.DataFolder;
import io.ringfence.cli.stack.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Every process of a stack, in the order they are started: the three servers first, then the
/// services side by side.
final class StackPlan {
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
    private static final String QUIET_UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    /// Services get the optimizing compiler once they are busy. With what it would learn from the
    /// recording, though, it compiles while they start, which costs them half as much again.
    private static final String NO_PROFILES = "-XX:TieredStopAtLevel=1";

    private static final Duration RECORDS_WITHIN = Duration.ofMinutes(10);

    private final ProjectHome home;
    private final DataFolder folder;
    private final Ports ports;
    private final boolean recording;
    private final Heaps heaps;

    StackPlan(ProjectHome home, DataFolder folder, Ports ports, boolean recording, Heaps heaps) {
        this.home = home;
        this.folder = folder;
        this.ports = ports;
        this.recording = recording;
        this.heaps = heaps;
    }

    /// The one-shot that makes the installation: certificates, keys, the administrator's
    /// credential, the services' configuration.
    List<String> init(String advertise) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.java().toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(aotCache("init", "embedded"));
        command.addAll(
                List.of(
                        "-cp",
                        home.classPath("embedded"),
                        "io.ringfence.embedded.init.Init",
                        folder.path().toString(),
                        Integer.toString(ports.base()),
                        advertise));
        return command;
    }

    List<ProcessPlan> servers() throws IOException {
        return List.of(
                embedded(
                        "postgres",
                        "io.ringfence.embedded.postgres.PostgresServer",
                        "-Xmx64m",
                        "postgresql://127.0.0.1:" + ports.postgres() + "/ringfence"),
                embedded(
                        "kafka",
                        "io.ringfence.embedded.kafka.KafkaServer",
                        heaps.optionFor("kafka"),
                        "kafka://127.0.0.1:" + ports.kafkaInternal()),
                victoriaMetrics());
    }

    List<ProcessPlan> services() throws IOException {
        return List.of(
                service("identity-service", 1, "https://127.0.0.1:" + ports.service(1)),
                service("policy-service", 2, "https://127.0.0.1:" + ports.service(2)),
                service("flow-ingest-service", 3, "http://127.0.0.1:" + ports.management(3)),
                service("metrics-service", 4, "https://127.0.0.1:" + ports.service(4)),
                service("gateway", 0, "https://127.0.0.1:" + ports.apiTls()));
    }

    private ProcessPlan embedded(String name, String mainClass, String heap, String url)
            throws IOException {
        Path marker = folder.path().resolve("run").resolve(name + ".ready");
        List<String> command = new ArrayList<>();
        command.add(home.java().toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", heap, "-Xss512k"));
        command.addAll(List.of(NATIVE_ACCESS, QUIET_UNSAFE));
        command.addAll(aotCache(name, "embedded"));
        command.addAll(
                List.of(
                        "-cp",
                        home.classPath("embedded"),
                        mainClass,
                        folder.configuration(name).toString()));
        return new ProcessPlan(
                name,
                command,
                folder.log(name),
                url,
                new Readiness.Marks(marker),
                stopsWithin(Duration.ofSeconds(20)),
                true);
    }

    private ProcessPlan victoriaMetrics() {
        return new ProcessPlan(
                "victoria-metrics",
                List.of(
                        "victoria-metrics",
                        "-storageDataPath=" + folder.path().resolve("victoria-metrics"),
                        "-httpListenAddr=127.0.0.1:" + ports.victoriaMetrics(),
                        "-dedup.minScrapeInterval=1ms",
                        "-search.latencyOffset=0s",
                        "-retentionPeriod=3",
                        "-memory.allowedBytes=256MB",
                        "-loggerLevel=WARN"),
                folder.log("victoria-metrics"),
                "http://127.0.0.1:" + ports.victoriaMetrics(),
                new Readiness.Answers(
                        URI.create("http://127.0.0.1:" + ports.victoriaMetrics() + "/health")),
                Duration.ofSeconds(20),
                true);
    }

    private ProcessPlan service(String name, int number, String url) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.java().toString());
        command.addAll(List.of("-XX:+UseSerialGC", heaps.optionFor(name), "-Xss512k"));
        if (recording) {
            command.add(NO_PROFILES);
        }
        command.addAll(List.of(NATIVE_ACCESS, QUIET_UNSAFE));
        command.addAll(aotCache(name, name));
        command.add("-Dquarkus.config.locations=" + folder.configuration(name));
        command.add("-jar");
        command.add(home.service(name).toString());
        URI health = URI.create("http://127.0.0.1:" + ports.management(number) + "/q/health/ready");
        return new ProcessPlan(
                name,
                command,
                folder.log(name),
                url,
                new Readiness.Answers(health),
                stopsWithin(Duration.ofSeconds(15)),
                true);
    }

    private List<String> aotCache(String name, String module) throws IOException {
        AotCache cache = new AotCache(home, module, name);
        return recording ? cache.record() : cache.use();
    }

    /// A process that records writes its cache when it ends.
    private Duration stopsWithin(Duration usually) {
        return recording ? RECORDS_WITHIN : usually;
    }
}
