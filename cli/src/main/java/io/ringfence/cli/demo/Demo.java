package io.ringfence.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import io.ringfence.cli.client.ApiClient;
import io.ringfence.cli.client.Credential;
import io.ringfence.cli.process.AotCache;
import io.ringfence.cli.process.ProcessPlan;
import io.ringfence.cli.process.ProjectHome;
import io.ringfence.cli.process.Readiness;
import io.ringfence.cli.stack.DataFolder;
import io.ringfence.cli.stack.Ports;
import io.ringfence.cli.stack.Stack.DemoEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The demo of one stack.
public final class Demo {
    public static final String PROCESS_PREFIX = "demo-";
    public static final String NAMESPACE = "/acme/shop";

    /// A process that records writes its start-up cache when it ends.
    private static final Duration RECORDS_WITHIN = Duration.ofMinutes(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProjectHome home;
    private final DataFolder folder;
    private final Ports ports;
    private final DemoNetwork network;
    private final boolean recording;
    private @Nullable ApiClient client;

    private Demo(
            ProjectHome home,
            DataFolder folder,
            Ports ports,
            DemoNetwork network,
            boolean recording) {
        this.home = home;
        this.folder = folder;
        this.ports = ports;
        this.network = network;
        this.recording = recording;
    }

    public static Demo plan(ProjectHome home, DataFolder folder, Ports ports, boolean recording) {
        return new Demo(home, folder, ports, DemoNetwork.choose(ports.base()), recording);
    }

    public static void requirePrivileges() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new UserError(
                    "The demo makes network namespaces and kernel rules, which needs root on Linux; run it with sudo, or start without --demo.");
        }
        if (Shell.run("unshare", "--net", "true").exitCode() != 0) {
            throw new UserError(
                    "This kernel allows no network namespaces here, which the demo's hosts are; start without --demo.");
        }
    }

    public String bridgeAddress() {
        return network.bridgeAddress();
    }

    public DemoEntry entry() {
        return new DemoEntry(
                NAMESPACE,
                network.bridge(),
                network.bridgeAddress(),
                DemoHost.ALL.stream().map(host -> host.entry(network)).toList());
    }

    public void sweep() {
        network.sweep();
    }

    /// Removes what a noted demo left behind.
    public static void sweep(DemoEntry entry) {
        int portBase = Integer.parseInt(entry.bridge().replaceAll("\\D", ""));
        new DemoNetwork(
                        portBase,
                        entry.bridge(),
                        entry.bridgeAddress().replaceFirst("\\.\\d+$", ""))
                .sweep();
    }

    public void raiseBridge() {
        network.raiseBridge();
    }

    /// Starts a process of the demo.
    @FunctionalInterface
    public interface Starter {
        void start(ProcessPlan plan) throws IOException;
    }

    /// Makes the namespaces at the API and the hosts in the kernel, and has started what is to run
    /// on a host as soon as that host is there.
    public void raiseHosts(Starter starter) throws IOException {
        ApiClient api = api();
        createNamespace(api, "/", "acme");
        createNamespace(api, "/acme", "shop");
        for (DemoHost host : DemoHost.ALL) {
            network.raiseHost(host);
            writeConfiguration(api, host);
            starter.start(enforcer(host));
            starter.start(workload(host));
        }
    }

    private synchronized ApiClient api() {
        if (client == null) {
            client = ApiClient.of(Credential.read(folder.administratorCredential()));
        }
        return client;
    }

    private static void createNamespace(ApiClient api, String parent, String name) {
        String absolute = parent.equals("/") ? "/" + name : parent + "/" + name;
        List<ApiClient.Parameter> filter =
                List.of(new ApiClient.Parameter("q", "name == \"" + absolute + "\""));
        if (api.call("GET", "/namespaces", parent, filter, null).body().isEmpty()) {
            api.call(
                    "POST",
                    "/namespaces",
                    parent,
                    List.of(),
                    JSON.createObjectNode().put("name", name));
        }
    }

    private void writeConfiguration(ApiClient api, DemoHost host) throws IOException {
        Path state = folder.host(host.name());
        Files.createDirectories(state);
        Path token = state.resolve("bootstrap.token");
        Files.deleteIfExists(token);
        Files.createFile(
                token,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, bootstrapToken(api));
        List<String> lines =
                List.of(
                        "ENFORCERD_NAMESPACE=" + NAMESPACE,
                        "ENFORCERD_API=https://" + network.bridgeAddress() + ":" + ports.apiTls(),
                        "ENFORCERD_KAFKA=" + network.bridgeAddress() + ":" + ports.kafkaEnforcers(),
                        "ENFORCERD_AUTHORITY=" + folder.authority(),
                        "ENFORCERD_TOKEN_FILE=" + token,
                        "ENFORCERD_WORKING_DIR=" + state,
                        "ENFORCERD_NAME=" + host.name(),
                        "ENFORCERD_TAGS=" + String.join(",", host.tags()));
        Files.write(state.resolve("enforcer.conf"), lines);
    }

    private static String bootstrapToken(ApiClient api) {
        ObjectNode request =
                JSON.createObjectNode()
                        .put("realm", "AporetoIdentityToken")
                        .put("validity", "30m")
                        .put("quota", 1);
        request.put("restrictedNamespace", NAMESPACE);
        request.putArray("restrictedPermissions").add("@auth:role=enforcer");
        request.putObject("metadata").put("token", api.token());
        return api.issue(request);
    }

    private ProcessPlan enforcer(DemoHost host) throws IOException {
        Path state = folder.host(host.name());
        List<String> command = inNamespace(host, 64);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(aotCache(host, "enforcer-agent", "enforcer"));
        command.addAll(
                List.of(
                        "-cp",
                        home.classPath("enforcer-agent"),
                        "io.ringfence.enforcer.agent.EnforcerAgent",
                        state.resolve("enforcer.conf").toString()));
        String name = PROCESS_PREFIX + host.name() + "-enforcer";
        Readiness readiness = new Enforcing(state.resolve("policy"), network.namespaceOf(host));
        return new ProcessPlan(
                name,
                command,
                folder.log(name),
                network.addressOf(host),
                readiness,
                recording ? RECORDS_WITHIN : Duration.ofSeconds(8),
                true);
    }

    /// One of the hosts records for all of them.
    private List<String> aotCache(DemoHost host, String module, String kind) throws IOException {
        AotCache cache = new AotCache(home, module, kind);
        boolean records = recording && host.equals(DemoHost.ALL.getFirst());
        return records ? cache.record() : cache.use();
    }

    /// Whether every host's processing unit is known to the console. A console that is too busy to
    /// answer has not settled.
    public boolean settled() {
        try {
            int running = 0;
            for (JsonNode unit :
                    api().call("GET", "/processingunits", NAMESPACE, List.of(), null).body()) {
                running += unit.path("operationalStatus").asText().equals("Running") ? 1 : 0;
            }
            return running >= DemoHost.ALL.size();
        } catch (UserError busy) {
            return false;
        }
    }

    /// The enforcer's table stands in the host's kernel. Looked for once the enforcer has kept a
    /// policy, as it takes two programs to look.
    record Enforcing(Path keptPolicy, String namespace) implements Readiness.Custom {
        @Override
        public boolean reached() {
            return Files.exists(keptPolicy)
                    && Shell.run(
                                            "ip",
                                            "netns",
                                            "exec",
                                            namespace,
                                            "nft",
                                            "list",
                                            "table",
                                            "inet",
                                            "ringfence")
                                    .exitCode()
                            == 0;
        }
    }

    private ProcessPlan workload(DemoHost host) throws IOException {
        List<String> command = inNamespace(host, 16);
        command.addAll(aotCache(host, "cli", "workload"));
        command.addAll(List.of("-cp", home.classPath("cli"), "io.ringfence.cli.demo.Workload"));
        command.add("serve=" + String.join(",", host.services()));
        command.add("keep=" + String.join(",", host.upstreams()));
        command.add("errand=" + host.errand());
        String name = PROCESS_PREFIX + host.name() + "-workload";
        return new ProcessPlan(
                name,
                command,
                folder.log(name),
                network.addressOf(host),
                new Readiness.Started(),
                recording ? RECORDS_WITHIN : Duration.ofSeconds(2),
                true);
    }

    private List<String> inNamespace(DemoHost host, int heapMegabytes) {
        return new ArrayList<>(
                List.of(
                        "ip",
                        "netns",
                        "exec",
                        network.namespaceOf(host),
                        home.java().toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xss256k",
                        "-Xmx" + heapMegabytes + "m"));
    }
}
