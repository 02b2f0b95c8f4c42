package io.ringfence.enforcer.observe;

import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Policies;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// As many connects as the machine can make, each seen exactly once.
class BurstIT {
    private static final int PORT = 4500;
    private static final int CONNECTS = 20_000;
    private static final int CLIENTS = 4;

    @Test
    void countsEveryConnect() throws Exception {
        try (Cable cable = Cable.lay();
                TestEnforcer enforcer = new TestEnforcer(cable.near());
                ServerSocket listening = Tcp.listen(cable.near(), NEAR, PORT)) {
            Policies policy = policy(DENY);
            for (int client = 0; client < CLIENTS; client += 2) {
                policy.incoming(address(client), TCP, PORT, ALLOW);
            }
            enforcer.apply(policy);
            for (int client = 0; client < CLIENTS; client++) {
                Tcp.serve(cable.near(), listening);
            }
            long start = System.nanoTime();
            List<Future<Integer>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String from = address(client);
                clients.add(cable.far().start(() -> connect(from)));
            }
            int connected = 0;
            for (Future<Integer> client : clients) {
                connected += client.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            int flows = enforcer.flows().size();
            System.out.printf(
                    "%d connects in %.1f s, %d of them allowed: %d flows; %s, %s%n",
                    CONNECTS,
                    seconds,
                    connected,
                    flows,
                    enforcer.observations(),
                    enforcer.counters().logged());
            assertThat(connected).isEqualTo(CONNECTS / 2);
            assertThat(flows).isEqualTo(CONNECTS);
            assertThat(enforcer.observations().missing()).isZero();
            assertThat(enforcer.observations().received())
                    .isEqualTo(enforcer.counters().logged().total());
        }
    }

    private static String address(int client) {
        return "10.99.0." + (2 + client);
    }

    private static int connect(String from) throws IOException {
        int connected = 0;
        InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral(NEAR), PORT);
        for (int number = 0; number < CONNECTS / CLIENTS; number++) {
            try (SocketChannel channel = SocketChannel.open()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
                channel.connect(to);
                connected++;
            } catch (IOException refused) {
                continue;
            }
        }
        return connected;
    }
}
