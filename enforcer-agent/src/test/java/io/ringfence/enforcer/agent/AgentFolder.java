package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.fake.FakeConsole;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Host;
import io.ringfence.trust.certificate.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What an enforcer is given on its host: configuration, bootstrap token and the console's
/// authority; and where it keeps its state and writes its log.
record AgentFolder(Path path) {
    /// @param more lines of configuration
    static AgentFolder prepare(Path path, FakeConsole console, String... more) throws IOException {
        AgentFolder folder = new AgentFolder(path);
        Files.writeString(path.resolve("token"), FakeConsole.TOKEN);
        Pem.write(path.resolve("ca.pem"), Pem.of(console.authority().certificate()));
        Files.writeString(
                folder.configuration(),
                """
                ENFORCERD_NAMESPACE=%s
                ENFORCERD_API=%s
                ENFORCERD_KAFKA=%s:9
                ENFORCERD_AUTHORITY=%s
                ENFORCERD_TOKEN_FILE=%s
                ENFORCERD_WORKING_DIR=%s
                ENFORCERD_LOG_FORMAT=text
                %s
                """
                        .formatted(
                                FakeConsole.NAMESPACE,
                                console.api(),
                                Cable.FAR,
                                path.resolve("ca.pem"),
                                path.resolve("token"),
                                folder.state(),
                                String.join("\n", more)));
        return folder;
    }

    Path state() {
        return path.resolve("state");
    }

    AgentProcess start(Host host) throws Exception {
        return AgentProcess.start(host, configuration(), log());
    }

    /// Where a file of that content is `/etc/resolv.conf`.
    AgentProcess start(Host host, Path resolvers) throws Exception {
        return AgentProcess.start(host, resolvers, configuration(), log());
    }

    private Path configuration() {
        return path.resolve("enforcer.conf");
    }

    private Path log() {
        return path.resolve("agent.log");
    }
}
