package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.ANY;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.EVERY_PORT;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.UDP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Policies;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The kernel and the judge who cuts sockets read a policy alike: random policies, every peer and
/// port in both directions.
class OracleIT {
    private static final int FIRST_PORT = 4700;
    private static final int PORTS = 3;
    private static final int POLICIES = 12;

    @Test
    void kernelAndJudgeAgree() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<ServerSocket> listening = new ArrayList<>();
        try (Cable cable = Cable.lay();
                TestEnforcer enforcer = new TestEnforcer(cable.near())) {
            for (int port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) {
                listening.add(Tcp.listen(cable.near(), "::", port));
                listening.add(Tcp.listen(cable.far(), "::", port));
            }
            for (int round = 0; round < POLICIES; round++) {
                PolicySnapshot snapshot = random(random);
                enforcer.apply(snapshot, Bypass.NONE);
                TcpJudge judge = new TcpJudge(snapshot.getProcessingUnits(0));
                for (int peer = 2; peer <= 9; peer++) {
                    for (String address : List.of("10.99.0." + peer, "fd99::" + peer)) {
                        String near = address.startsWith("fd") ? Cable.NEAR6 : NEAR;
                        for (int port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) {
                            InetAddress judged = InetAddress.ofLiteral(address);
                            assertThat(Tcp.connects(cable.far(), address, near, port))
                                    .as(
                                            "seed %d: %s comes in to %d under %s",
                                            seed, address, port, snapshot)
                                    .isNotEqualTo(
                                            judge.judge(Direction.INCOMING, judged, port)
                                                    .rejects());
                            assertThat(Tcp.connects(cable.near(), near, address, port))
                                    .as(
                                            "seed %d: out to %s, %d under %s",
                                            seed, address, port, snapshot)
                                    .isNotEqualTo(
                                            judge.judge(Direction.OUTGOING, judged, port)
                                                    .rejects());
                        }
                    }
                }
            }
        } finally {
            for (ServerSocket socket : listening) {
                socket.close();
            }
        }
    }

    private static PolicySnapshot random(Random random) {
        Policies policy = policy(action(random), action(random));
        for (String network :
                List.of(
                        "10.99.0.4/30",
                        "10.99.0.8/31",
                        "fd99::4/126",
                        "fd99::8/127",
                        "10.99.0.2",
                        "10.99.0.5",
                        "fd99::2",
                        "fd99::3")) {
            for (int rule = random.nextInt(3); rule > 0; rule--) {
                policy.incoming(network, protocol(random), EVERY_PORT, action(random));
                int port = FIRST_PORT + random.nextInt(PORTS);
                policy.incoming(network, TCP, port, action(random))
                        .outgoing(network, TCP, port, action(random));
                policy.outgoing(network, protocol(random), EVERY_PORT, action(random));
            }
        }
        return policy.build();
    }

    private static int protocol(Random random) {
        return new int[] {ANY, TCP, UDP, UDP}[random.nextInt(4)];
    }

    private static PolicyAction action(Random random) {
        return random.nextBoolean() ? ALLOW : DENY;
    }
}
