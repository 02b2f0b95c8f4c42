package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Cable.FAR;
import static io.ringfence.enforcer.lab.Cable.FAR6;
import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Cable.NEAR6;
import static io.ringfence.enforcer.lab.Cable.OTHER;
import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Host;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What no policy closes (DESIGN §4, 9 and 10).
class BypassIT {
    private static final int GATEWAY = 4443;
    private static final int SSH = 22;

    private final Bypass bypass =
            new Bypass(
                    List.of(
                            new ControlEndpoint(InetAddress.ofLiteral(FAR), GATEWAY),
                            new ControlEndpoint(InetAddress.ofLiteral(FAR6), GATEWAY)),
                    List.of(Cidr.parse("10.99.0.2/32"), Cidr.parse("fd99::2/127")),
                    List.of(InetAddress.ofLiteral("10.99.0.5")));
    private Cable cable;
    private TestEnforcer enforcer;

    @BeforeEach
    void denyEverything() throws Exception {
        cable = Cable.lay();
        enforcer = new TestEnforcer(cable.near());
        enforcer.apply(policy(DENY).build(), bypass);
    }

    @AfterEach
    void takeDown() throws Exception {
        enforcer.close();
        cable.close();
    }

    @Test
    void controlChannelPassesUntrackedAndUnobserved() throws Exception {
        talks(cable.near(), NEAR, cable.far(), FAR, GATEWAY);
        talks(cable.near(), NEAR6, cable.far(), FAR6, GATEWAY);
        assertThat(cable.near().command("conntrack -L -p tcp")).doesNotContain("dport=" + GATEWAY);
        assertThat(enforcer.flows()).isEmpty();
    }

    @Test
    void controlChannelStaysOpenThroughPolicyChanges() throws Exception {
        try (Tcp.Pair pair = Tcp.open(cable.near(), NEAR, cable.far(), FAR, GATEWAY)) {
            assertThat(enforcer.apply(policy(ALLOW).build(), bypass).cutSockets()).isZero();
            assertThat(enforcer.apply(policy(DENY).build(), bypass).cutSockets()).isZero();
            exchange(pair);
        }
    }

    @Test
    void nobodyComesInThroughTheControlChannel() throws Exception {
        try (var listening = Tcp.listen(cable.near(), NEAR, 4300)) {
            assertThat(listening.isBound()).isTrue();
            assertThatThrownBy(
                            () -> cable.far().call(() -> Tcp.connectHere(FAR, GATEWAY, NEAR, 4300)))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void failSafeSshStaysOpen() throws Exception {
        talks(cable.far(), FAR, cable.near(), NEAR, SSH);
        talks(cable.far(), FAR6, cable.near(), NEAR6, SSH);
        assertThatThrownBy(() -> Tcp.connect(cable.far(), OTHER, NEAR, SSH))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void enforcersOwnQuestionsReachTheResolver() throws Exception {
        try (DatagramChannel resolver = udp(cable.far(), "10.99.0.5", 53);
                DatagramChannel client = udp(cable.near(), NEAR, 0)) {
            client.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress("10.99.0.5", 53));
            ByteBuffer packet = ByteBuffer.allocate(8);
            var asker = resolver.receive(packet);
            resolver.send(ByteBuffer.wrap(new byte[] {2}), asker);
            client.socket().setSoTimeout(2_000);
            assertThat(client.receive(packet.clear())).isNotNull();
            assertThat(packet.get(0)).isEqualTo((byte) 2);
        }
    }

    @Test
    void loopbackAndNeighbourDiscoveryPass() throws Exception {
        talks(cable.near(), "127.0.0.1", cable.near(), "127.0.0.1", 4301);
        talks(cable.near(), NEAR, cable.near(), NEAR, 4301);
        cable.far().command("ip neigh flush all");
        cable.near().command("ip neigh flush all");
        talks(cable.near(), NEAR6, cable.far(), FAR6, GATEWAY);
        assertThat(enforcer.counters().notPoliced()).isPositive();
    }

    @Test
    void multicastPassesAndIsCounted() throws Exception {
        long before = enforcer.counters().notPoliced();
        try (DatagramChannel sender = udp(cable.near(), NEAR, 0)) {
            sender.send(ByteBuffer.wrap(new byte[1]), new InetSocketAddress("224.0.0.251", 5353));
        }
        assertThat(enforcer.counters().notPoliced()).isGreaterThan(before);
        assertThat(enforcer.flows()).isEmpty();
    }

    private static DatagramChannel udp(Host host, String address, int port) throws Exception {
        return host.call(() ->
                DatagramChannel.open()
                        .bind(new InetSocketAddress(InetAddress.ofLiteral(address), port)));
    }

    private static void talks(Host client, String from, Host server, String to, int port)
            throws Exception {
        try (Tcp.Pair pair = Tcp.open(client, from, server, to, port)) {
            exchange(pair);
        }
    }

    private static void exchange(Tcp.Pair pair) throws Exception {
        pair.client().getOutputStream().write(1);
        assertThat(pair.server().getInputStream().read()).isEqualTo(1);
        pair.server().getOutputStream().write(2);
        assertThat(pair.client().getInputStream().read()).isEqualTo(2);
    }
}
