package io.ringfence.enforcer.observe;

import static io.ringfence.enforcer.lab.Cable.FAR;
import static io.ringfence.enforcer.lab.Cable.FAR6;
import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Cable.NEAR6;
import static io.ringfence.enforcer.lab.Cable.OTHER;
import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.ICMP;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.UDP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.Side;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.enforcer.dataplane.Direction;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Host;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every flow is seen once, whatever the wire and the kernel repeat (DESIGN §4, "What is counted").
class FlowObserverIT {
    private static final int PORT = 4400;

    private Cable cable;
    private TestEnforcer enforcer;

    @BeforeEach
    void layCable() throws Exception {
        cable = Cable.lay();
        enforcer = new TestEnforcer(cable.near());
    }

    @AfterEach
    void takeDown() throws Exception {
        enforcer.close();
        cable.close();
    }

    @Test
    void namesBothEndsAndTheDecision() throws Exception {
        enforcer.apply(
                policy(DENY)
                        .incoming(FAR, TCP, PORT, ALLOW)
                        .peer(FAR, "api", PeerType.PEER_PROCESSING_UNIT, true)
                        .peer("10.99.0.0/24", "lan", PeerType.PEER_EXTERNAL_NETWORK, false));
        try (ServerSocket listening = Tcp.listen(cable.near(), NEAR, PORT)) {
            Tcp.serve(cable.near(), listening);
            assertThat(connects(cable.far(), FAR, NEAR)).isTrue();
            assertThat(connects(cable.far(), OTHER, NEAR)).isFalse();
            assertThat(connects(cable.near(), NEAR, FAR)).isFalse();
            assertThat(connects(cable.near(), NEAR6, FAR6)).isFalse();
        }
        Endpoint unit = new Endpoint(EndpointType.PROCESSING_UNIT, "unit", "/acme/shop");
        Endpoint api = new Endpoint(EndpointType.PROCESSING_UNIT, "api", "/acme");
        Endpoint lan = new Endpoint(EndpointType.EXTERNAL_NETWORK, "lan", "/acme");
        assertThat(enforcer.flows())
                .containsExactly(
                        flow(
                                Side.DESTINATION,
                                FAR,
                                NEAR,
                                api,
                                unit,
                                FlowAction.ACCEPT,
                                "INCOMING-1",
                                "/acme"),
                        flow(
                                Side.DESTINATION,
                                OTHER,
                                NEAR,
                                lan,
                                unit,
                                FlowAction.REJECT,
                                "default",
                                ""),
                        flow(Side.SOURCE, NEAR, FAR, unit, api, FlowAction.REJECT, "default", ""),
                        flow(
                                Side.SOURCE,
                                NEAR6,
                                FAR6,
                                unit,
                                Endpoint.UNKNOWN,
                                FlowAction.REJECT,
                                "default",
                                ""));
    }

    @Test
    void leavesTheCountToTheOtherEndIfItHasAnEnforcer() throws Exception {
        enforcer.apply(policy(ALLOW).peer(FAR, "api", PeerType.PEER_PROCESSING_UNIT, true));
        connects(cable.near(), NEAR, FAR);
        connects(cable.near(), NEAR, OTHER);
        assertThat(enforcer.flows()).extracting(FlowKey::counted).containsExactly(false, true);
    }

    @Test
    void silentDecisionsAreCountedButNotSeen() throws Exception {
        PortRule.Builder rule =
                PortRule.newBuilder().setProtocol(TCP).setPortLow(PORT).setPortHigh(PORT);
        enforcer.apply(
                policy(ALLOW)
                        .rule(
                                Direction.OUTGOING,
                                FAR,
                                rule,
                                Decision.newBuilder().setAction(DENY).setSilent(true)));
        connects(cable.near(), NEAR, FAR);
        assertThat(enforcer.flows()).isEmpty();
        assertThat(enforcer.counters().silent()).isEqualTo(1);
    }

    @Test
    void aReusedPortIsAnotherFlow() throws Exception {
        enforcer.apply(policy(DENY).incoming(FAR, TCP, PORT, ALLOW));
        int connects = 50;
        try (ServerSocket listening = Tcp.listen(cable.near(), NEAR, PORT)) {
            Tcp.serve(cable.near(), listening);
            for (int number = 0; number < connects; number++) {
                cable.far().run(() -> Tcp.reset(Tcp.connectHere(FAR, 45_000, NEAR, PORT)));
            }
        }
        assertThat(enforcer.flows()).hasSize(connects);
        assertThat(enforcer.counters().logged().incomingAccepted()).isEqualTo(connects);
    }

    @Test
    void aRetransmissionIsNot() throws Exception {
        enforcer.apply(policy(ALLOW));
        cable.far()
                .command(
                        "nft add table inet hole { chain input { type filter hook input priority 0; tcp dport "
                                + PORT
                                + " drop; }; }");
        Socket socket = new Socket();
        try {
            cable.near()
                    .run(() ->
                            socket.connect(
                                    new InetSocketAddress(InetAddress.ofLiteral(FAR), PORT),
                                    3_500));
        } catch (SocketTimeoutException expected) {
            assertThat(enforcer.flows()).hasSize(1);
        }
        assertThat(enforcer.counters().logged().outgoingAccepted()).isBetween(2L, 4L);
        assertThat(enforcer.observations().received())
                .isEqualTo(enforcer.counters().logged().total());
    }

    @Test
    void udpIsOneFlowPerPairOfPortsInBothDirections() throws Exception {
        enforcer.apply(policy(ALLOW).incoming(OTHER, UDP, PORT, DENY));
        try (DatagramChannel server = udp(cable.near(), NEAR, PORT);
                DatagramChannel first = udp(cable.far(), FAR, 0);
                DatagramChannel second = udp(cable.far(), FAR, 0);
                DatagramChannel denied = udp(cable.far(), OTHER, 0)) {
            for (int packet = 0; packet < 5; packet++) {
                for (DatagramChannel client : List.of(first, second, denied)) {
                    client.send(ByteBuffer.allocate(8), server.getLocalAddress());
                }
                server.send(ByteBuffer.allocate(8), server.receive(ByteBuffer.allocate(8)));
                server.send(ByteBuffer.allocate(8), server.receive(ByteBuffer.allocate(8)));
            }
        }
        assertThat(enforcer.flows())
                .extracting(flow -> flow.judgement().action())
                .containsExactly(FlowAction.ACCEPT, FlowAction.ACCEPT, FlowAction.REJECT);
    }

    @Test
    void echoIsOneFlowPerPing() throws Exception {
        enforcer.apply(policy(DENY).incoming(FAR, ICMP, 0, ALLOW));
        cable.far().command("ping -q -c 4 -i 0.1 -I " + FAR + " " + NEAR);
        cable.far().command("ping -q -c 4 -i 0.1 -I " + FAR + " " + NEAR);
        assertThat(enforcer.flows())
                .hasSize(2)
                .allMatch(flow -> flow.protocol() == ICMP && flow.destinationPort() == 0);
    }

    @Test
    void understandsWhatAnEarlierPolicyLogged() throws Exception {
        for (int change = 0; change < 5; change++) {
            enforcer.apply(policy(DENY).incoming(FAR, TCP, PORT + change, ALLOW));
            connects(cable.near(), NEAR, FAR);
        }
        assertThat(enforcer.flows()).hasSize(5);
        assertThat(enforcer.observations().unresolved()).isZero();
    }

    /// The kernel collects for a tenth of a second; whatever the moment, nothing it has collected
    /// is lost.
    @Test
    void whatWasLoggedBeforeTheEndIsSeen() throws Exception {
        enforcer.apply(policy(ALLOW));
        for (int round = 0; round < 20; round++) {
            TestEnforcer another = new TestEnforcer(cable.far());
            long before;
            try (another) {
                for (int change = 0; change <= round; change++) {
                    another.apply(policy(DENY).incoming(FAR, TCP, PORT + change, ALLOW));
                }
                before = another.counters().logged().total();
                connects(cable.near(), NEAR, FAR);
            }
            long logged = another.counters().logged().total() - before;
            assertThat(logged).isPositive();
            assertThat(another.observations().received()).isGreaterThanOrEqualTo(logged);
        }
    }

    private static FlowKey flow(
            Side side,
            String source,
            String destination,
            Endpoint sourceEnd,
            Endpoint destinationEnd,
            FlowAction action,
            String policy,
            String namespace) {
        Judgement judgement =
                new Judgement(
                        action,
                        policy,
                        "",
                        namespace,
                        "",
                        FlowAction.FLOW_ACTION_UNSPECIFIED,
                        "",
                        "");
        return new FlowKey(
                side,
                TCP,
                InetAddress.ofLiteral(source),
                InetAddress.ofLiteral(destination),
                PORT,
                sourceEnd,
                destinationEnd,
                judgement,
                true);
    }

    private static boolean connects(Host client, String from, String to) throws Exception {
        try (Socket socket = Tcp.connect(client, from, to, PORT)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static DatagramChannel udp(Host host, String address, int port) throws Exception {
        return host.call(() ->
                DatagramChannel.open()
                        .bind(new InetSocketAddress(InetAddress.ofLiteral(address), port)));
    }
}
