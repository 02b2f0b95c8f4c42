package io.ringfence.enforcer.agent;

import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.SignedFlowBatch;
import io.ringfence.enforcer.fake.FakeConsole;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.receive.CompletePolicy;
import io.ringfence.enforcer.spool.Spool;
import io.ringfence.enforcer.spool.SpoolLimits;
import io.ringfence.enforcer.spool.SpooledRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole enforcer in a host of its own, from the bootstrap token to the record that waits for
/// Kafka.
class AgentIT {
    private static final int ALLOWED = 8_080;
    private static final int FORBIDDEN = 8_081;

    @TempDir private Path folder;
    private Cable cable;
    private FakeConsole console;
    private AgentFolder agents;

    @BeforeEach
    void start() throws Exception {
        cable = Cable.lay();
        console = cable.far().call(() -> new FakeConsole(Cable.FAR));
        agents = AgentFolder.prepare(folder, console, "ENFORCERD_NAME=db", "ENFORCERD_TAGS=app=db");
    }

    @AfterEach
    void stop() throws Exception {
        if (console != null) {
            console.close();
        }
        if (cable != null) {
            cable.close();
        }
    }

    @Test
    void enforcesCountsStopsAndGoesOnWithoutTheConsole() throws Exception {
        try (ServerSocket allowed = listen(ALLOWED);
                ServerSocket forbidden = listen(FORBIDDEN)) {
            try (AgentProcess agent = agents.start(cable.near())) {
                agent.enforce(
                        console,
                        new CompletePolicy(
                                policy(DENY).incoming(Cable.FAR, TCP, ALLOWED, ALLOW).build(),
                                Map.of()));
                assertThat(console.requests())
                        .anyMatch(request ->
                                request.startsWith("POST /processingunits")
                                        && request.contains(Cable.NEAR));

                assertThat(connects(ALLOWED, 20)).isEqualTo(20);
                assertThat(connects(FORBIDDEN, 30)).isZero();
                long residentMegabytes = agent.residentMegabytes();
                System.out.println("enforcer: " + residentMegabytes + " MB resident");
                assertThat(residentMegabytes).isLessThan(200);
                assertThat(agent.terminate()).isLessThan(4_000);
                assertThat(connects(FORBIDDEN, 1)).as("the rules stay").isZero();
                assertThat(connects(ALLOWED, 1)).isEqualTo(1);
            }
            assertThat(counted())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(FlowAction.ACCEPT, 20L, FlowAction.REJECT, 30L));

            console.close();
            cable.near().command("nft delete table inet ringfence");
            assertThat(connects(FORBIDDEN, 1)).as("nothing is enforced").isEqualTo(1);
            try (AgentProcess again = agents.start(cable.near())) {
                again.awaitKeptPolicy();
                assertThat(connects(FORBIDDEN, 1)).isZero();
                assertThat(connects(ALLOWED, 1)).isEqualTo(1);
            }
        }
    }

    private ServerSocket listen(int port) throws Exception {
        return cable.near()
                .call(() -> new ServerSocket(port, 200, InetAddress.ofLiteral(Cable.NEAR)));
    }

    private int connects(int port, int times) throws Exception {
        return cable.far()
                .call(() -> {
                    int connected = 0;
                    for (int i = 0; i < times; i++) {
                        connected += connect(port) ? 1 : 0;
                    }
                    return connected;
                });
    }

    private static boolean connect(int port) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(Cable.FAR, 0));
            socket.connect(new InetSocketAddress(Cable.NEAR, port), 2_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /// What the records on the disk say.
    private Map<FlowAction, Long> counted() throws Exception {
        Spool spool =
                Spool.open(
                        agents.state().resolve("spool").resolve(FakeConsole.ENFORCER),
                        SpoolLimits.of(64 << 20),
                        new Random(1));
        Map<FlowAction, Long> counted = new EnumMap<>(FlowAction.class);
        List<SpooledRecord> records = spool.lend(100, Duration.ZERO);
        for (SpooledRecord spooled : records) {
            SignedFlowBatch signed = SignedFlowBatch.parseFrom(spooled.content());
            FlowBatch batch = FlowBatch.parseFrom(signed.getContent());
            batch.getFlowsList().stream()
                    .filter(flow ->
                            flow.getDestinationPort() == ALLOWED
                                    || flow.getDestinationPort() == FORBIDDEN)
                    .forEach(flow -> counted.merge(flow.getAction(), flow.getCount(), Long::sum));
        }
        return counted;
    }
}
