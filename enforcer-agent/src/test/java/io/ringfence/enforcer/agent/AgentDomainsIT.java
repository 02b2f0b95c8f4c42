package io.ringfence.enforcer.agent;

import static io.ringfence.enforcer.lab.DomainPolicy.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringfence.enforcer.fake.FakeConsole;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.NameServer;
import io.ringfence.enforcer.lab.Tcp;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole enforcer, the host's own resolver library, and a policy with a name in it.
class AgentDomainsIT {
    private static final int PORT = 4810;
    private static final String NAME = "api.example.com";
    private static final String ADDRESS = "10.99.0.5";

    @TempDir private Path folder;

    @Test
    void theHostsOwnLookupOpensTheWay() throws Exception {
        try (Cable cable = Cable.lay();
                FakeConsole console = cable.far().call(() -> new FakeConsole(Cable.FAR));
                NameServer resolver = new NameServer(cable.far(), Cable.FAR);
                ServerSocket _ = Tcp.listen(cable.far(), "::", PORT)) {
            resolver.address(NAME, ADDRESS, 600);
            AgentFolder agents = AgentFolder.prepare(folder, console, "ENFORCERD_NAME=near");
            Path resolvers = folder.resolve("resolv.conf");
            Files.writeString(resolvers, "nameserver " + Cable.FAR + "\n");
            try (AgentProcess agent = agents.start(cable.near(), resolvers)) {
                agent.enforce(console, policy().allowing(NAME).compile());
                assertThat(Tcp.connects(cable.near(), Cable.NEAR, ADDRESS, PORT))
                        .as("before anybody asked")
                        .isFalse();
                assertThat(lookup(cable)).contains(ADDRESS);
                assertThat(Tcp.connects(cable.near(), Cable.NEAR, ADDRESS, PORT))
                        .as(agent.log())
                        .isTrue();
                System.out.println(
                        "enforcer with names: " + agent.residentMegabytes() + " MB resident");
                assertThat(agent.residentMegabytes()).isLessThan(200);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> Files.exists(agents.state().resolve("names")));
                agent.kill();
            }
            assertThat(lookup(cable)).as("DNS goes on without the enforcer").contains(ADDRESS);
            assertThat(Tcp.connects(cable.near(), Cable.NEAR, ADDRESS, PORT))
                    .as("the rules stay")
                    .isTrue();

            cable.near().command("nft delete table inet ringfence");
            try (AgentProcess again = agents.start(cable.near(), resolvers)) {
                again.awaitKeptPolicy();
                assertThat(Tcp.connects(cable.near(), Cable.NEAR, ADDRESS, PORT))
                        .as("known from before")
                        .isTrue();
            }
        }
    }

    /// glibc asks for both kinds of addresses at once, from one socket.
    private String lookup(Cable cable) throws Exception {
        List<String> command =
                new ArrayList<>(AgentProcess.withResolvers(folder.resolve("resolv.conf")));
        command.addAll(List.of("getent", "ahosts", NAME));
        Process getent =
                cable.near().call(new ProcessBuilder(command).redirectErrorStream(true)::start);
        String output = new String(getent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        getent.waitFor();
        return output;
    }
}
