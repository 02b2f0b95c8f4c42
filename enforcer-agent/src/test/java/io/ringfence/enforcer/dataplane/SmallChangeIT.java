package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Cable.FAR;
import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Cable.OTHER;
import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.UDP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Host;
import io.ringfence.enforcer.lab.Policies;
import io.ringfence.enforcer.lab.PolicyWalk;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import io.ringfence.enforcer.netlink.GracePeriod;
import io.ringfence.enforcer.observe.FlowKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A policy that differs little from the one in the kernel changes little there, and means the same
/// as if all had been made anew.
class SmallChangeIT {
    private static final List<Integer> PORTS = List.of(4801, 4802, 4803);
    private static final List<String> PEERS =
            List.of("10.99.0.2", "10.99.0.3", "10.99.0.4", "fd99::2", "fd99::3");
    private static final int STEPS = 100;
    private static final int PROBES = 12;

    /// Of whole addresses and of prefixes, in both directions, for both IP versions.
    private static final int MAPS = 8;

    /// Of whole addresses, kept for the packets that were on their way.
    private static final int RENEWED = 4;

    private static final int TIMED = 40;
    private static final Pattern PART = Pattern.compile("\t(chain|set|map) (\\w+)_g([0-9]+) \\{");

    private Cable cable;
    private TestEnforcer enforcer;

    @BeforeEach
    void start() throws Exception {
        cable = Cable.lay();
        enforcer = new TestEnforcer(cable.near());
    }

    @AfterEach
    void stop() throws Exception {
        enforcer.close();
        cable.close();
    }

    @Test
    void aWalkOfSmallChangesJudgesAndReportsAsEachPolicySays() throws Exception {
        long seed = System.nanoTime();
        PolicyWalk walk = new PolicyWalk(seed, PEERS, PORTS);
        List<ServerSocket> listening = new ArrayList<>();
        int small = 0;
        try {
            for (int port : PORTS) {
                listening.add(Tcp.listen(cable.near(), "::", port));
                listening.add(Tcp.listen(cable.far(), "::", port));
            }
            for (int step = 0; step < STEPS; step++) {
                Applied applied = enforcer.apply(walk.next(), Bypass.NONE);
                String name = "seed " + seed + ", step " + step;
                probe(walk, step * PROBES, name);
                Set<Integer> structures = structures();
                assertThat(structures).as(name).hasSizeBetween(1, 2);
                small += structures.contains(applied.generation()) ? 0 : 1;
                assertThat(maps()).as(name).hasSizeBetween(MAPS, 2 * (MAPS + RENEWED));
            }
        } finally {
            for (ServerSocket socket : listening) {
                socket.close();
            }
        }
        System.out.printf("%d of %d changes were small%n", small, STEPS);
        assertThat(small).isBetween(STEPS / 2, STEPS - 2);
        assertThat(enforcer.counters().unjudged()).isZero();
        assertThat(enforcer.observations().unresolved()).isZero();
    }

    /// Some connections, and what was reported of them. Every peer, port and direction has its turn
    /// in a few steps.
    private void probe(PolicyWalk walk, int first, String name) throws Exception {
        int known = enforcer.flows().size();
        List<String> expected = new ArrayList<>();
        for (int number = first; number < first + PROBES; number++) {
            String peer = PEERS.get(number % PEERS.size());
            int port = PORTS.get(number / PEERS.size() % PORTS.size());
            boolean incoming = number / PEERS.size() / PORTS.size() % 2 == 0;
            Direction direction = incoming ? Direction.INCOMING : Direction.OUTGOING;
            String near = peer.startsWith("fd") ? Cable.NEAR6 : NEAR;
            boolean connected =
                    incoming
                            ? Tcp.connects(cable.far(), peer, near, port)
                            : Tcp.connects(cable.near(), near, peer, port);
            assertThat(connected)
                    .as("%s: %s %s:%s", name, direction, peer, port)
                    .isEqualTo(walk.allows(direction, peer, port));
            expected.add(port + " " + walk.decides(direction, peer, port));
        }
        List<FlowKey> flows = enforcer.flows();
        assertThat(flows.subList(known, flows.size()))
                .as(name)
                .map(flow -> flow.destinationPort() + " " + flow.judgement().policyId())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void anOpenConnectionIsJudgedAgain() throws Exception {
        Policies before = policy(DENY).incoming(FAR, UDP, 4801, ALLOW);
        enforcer.apply(before.incoming("10.99.0.4", TCP, 1, ALLOW));
        try (DatagramChannel receiver = bind(cable.near(), NEAR, 4801);
                DatagramChannel kept = connected(FAR);
                DatagramChannel cut = connected(OTHER)) {
            enforcer.apply(
                    policy(DENY).incoming(FAR, UDP, 4801, ALLOW).incoming(OTHER, UDP, 4801, ALLOW));
            assertThat(smallChanges()).isEqualTo(1);
            assertThat(arrives(kept, receiver)).isTrue();
            assertThat(arrives(cut, receiver)).isTrue();
            assertThat(mark(FAR)).isEqualTo(2 << 24);
            enforcer.apply(before);
            assertThat(smallChanges()).isEqualTo(2);
            assertThat(arrives(kept, receiver)).isTrue();
            assertThat(mark(FAR)).isEqualTo(3 << 24);
            assertThatThrownBy(
                            () -> {
                                for (int packet = 0; packet < 10; packet++) {
                                    arrives(cut, receiver);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRejectedConnectionThatOnlyWaitsIsCut() throws Exception {
        enforcer.apply(policy(ALLOW));
        try (Tcp.Pair pair = Tcp.open(cable.far(), FAR, cable.near(), NEAR, 4801)) {
            assertThat(enforcer.apply(policy(ALLOW).incoming(FAR, TCP, 4801, DENY)).cutSockets())
                    .isEqualTo(1);
            assertThat(smallChanges()).isEqualTo(1);
            assertThatThrownBy(() -> pair.client().getInputStream().read())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoeverStartsNextMakesAllAnew() throws Exception {
        PolicyWalk walk = new PolicyWalk(7, PEERS, PORTS);
        PolicySnapshot policy = walk.next();
        for (int step = 0; step < 5; step++) {
            policy = walk.next();
            enforcer.apply(policy, Bypass.NONE);
        }
        PolicySnapshot kept = policy;
        KernelTable left = read();
        assertThat(left.smallChanges()).isEqualTo(4);
        Generations generations = new Generations();
        try (NftablesDataplane next = new NftablesDataplane(generations)) {
            assertThat(cable.near().call(() -> next.adopt(kept))).isFalse();
            assertThat(generations.policyOf(left.names().structure())).isEmpty();
            assertThat(cable.near().call(() -> next.apply(kept, Bypass.NONE)))
                    .isEqualTo(new Applied(left.generation() + 1, false, 0));
            assertThat(structures())
                    .containsExactly(left.names().structure(), left.generation() + 1);
            assertThat(read().tableId()).isEqualTo(left.tableId());
            cable.near().run(() -> next.apply(kept, Bypass.NONE));
            assertThat(structures()).containsExactly(left.generation() + 1, left.generation() + 2);
            assertThat(maps()).hasSize(2 * MAPS);
        }
    }

    @Test
    void whatSomebodyElseDidIsRepairedByTheNextPolicy() throws Exception {
        enforcer.apply(policy(DENY).incoming(FAR, TCP, 4801, ALLOW));
        cable.near().command("nft flush map inet ringfence incoming4_g1");
        enforcer.apply(policy(DENY).incoming(OTHER, TCP, 4801, ALLOW));
        try (ServerSocket listening = Tcp.listen(cable.near(), NEAR, 4801)) {
            assertThat(Tcp.connects(cable.far(), OTHER, NEAR, 4801)).isTrue();
            assertThat(Tcp.connects(cable.far(), FAR, NEAR, 4801)).isFalse();
            assertThat(listening.isBound()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0} addresses")
    @ValueSource(ints = {10, 300, 10_000})
    void takesLessThanAllOfIt(int addresses) throws Exception {
        double whole = median("whole", number -> many(addresses, 0, 1, "whole" + number));
        double moving = median("moving", number -> many(addresses, 1 + number % 2, 1, "" + number));
        double growing =
                median("growing", number -> many(addresses, 1, 2 + number, "grown" + number));
        System.out.printf(
                "with %,d addresses: all anew %.1f ms, an address that moves %.1f ms, a class that appears %.1f ms%n",
                addresses, whole, moving, growing);
    }

    private interface Version {
        PolicySnapshot number(int number);
    }

    /// In milliseconds. What a change leaves behind is waited for outside.
    private double median(String kind, Version version) throws Exception {
        List<PolicySnapshot> policies = new ArrayList<>();
        for (int number = 0; number < TIMED; number++) {
            policies.add(version.number(number));
        }
        long[] nanoseconds = new long[TIMED];
        int small = 0;
        for (int number = 0; number < TIMED; number++) {
            PolicySnapshot policy = policies.get(number);
            if (kind.equals("whole")) {
                enforcer.apply(policy, Bypass.NONE);
            }
            cable.near().run(GracePeriod::await);
            long begin = System.nanoTime();
            enforcer.apply(policy, Bypass.NONE);
            nanoseconds[number] = System.nanoTime() - begin;
            small += smallChanges() > 0 ? 1 : 0;
        }
        if (kind.equals("whole")) {
            assertThat(small).isZero();
        } else {
            assertThat(small).isGreaterThan(TIMED / 2);
        }
        Arrays.sort(nanoseconds);
        return nanoseconds[TIMED / 2] / 1e6;
    }

    /// @param moved the class of one of them, 1 or 2
    /// @param port what the third class is about; none at 1
    private static PolicySnapshot many(int addresses, int moved, int port, String digest) {
        Policies rules =
                policy(DENY)
                        .incoming("10.97.0.1", TCP, 80, ALLOW)
                        .incoming("10.97.0.2", TCP, 81, ALLOW);
        if (port > 1) {
            rules.incoming("10.97.0.3", TCP, port, ALLOW);
        }
        PolicySnapshot.Builder policy = rules.build().toBuilder();
        DirectionPolicy.Builder incoming = policy.getProcessingUnitsBuilder(0).getIncomingBuilder();
        for (int number = 0; number < addresses; number++) {
            byte[] bytes = ByteBuffer.allocate(4).putInt(0x0b000000 + number).array();
            incoming.addAddresses(
                    AddressClass.newBuilder()
                            .setAddress(ByteString.copyFrom(bytes))
                            .setPrefixLength(32)
                            .setPeerClass(number == 0 && moved > 0 ? moved : 1));
        }
        return policy.setDigest(ByteString.copyFrom(digest, StandardCharsets.US_ASCII)).build();
    }

    private KernelTable read() throws Exception {
        return cable.near().call(() -> KernelTable.read().orElseThrow());
    }

    private int smallChanges() throws Exception {
        return read().smallChanges();
    }

    private Set<Integer> structures() throws Exception {
        return PART.matcher(cable.near().command("nft list table inet ringfence"))
                .results()
                .map(part -> Integer.parseInt(part.group(3)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> maps() throws Exception {
        return PART.matcher(cable.near().command("nft list table inet ringfence"))
                .results()
                .filter(part -> part.group(1).equals("map"))
                .map(part -> part.group(2) + "_g" + part.group(3))
                .toList();
    }

    private int mark(String source) throws Exception {
        String listed = cable.near().command("conntrack -L -p udp --src " + source);
        Matcher matcher = Pattern.compile("mark=([0-9]+)").matcher(listed);
        assertThat(matcher.find()).as(listed).isTrue();
        return Integer.parseUnsignedInt(matcher.group(1));
    }

    private static DatagramChannel bind(Host host, String address, int port) throws Exception {
        return host.call(() -> {
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            return channel.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        });
    }

    private DatagramChannel connected(String from) throws Exception {
        DatagramChannel channel = bind(cable.far(), from, 0);
        cable.far()
                .run(() ->
                        channel.connect(new InetSocketAddress(InetAddress.ofLiteral(NEAR), 4801)));
        return channel;
    }

    /// Whether a packet that is sent now arrives.
    private static boolean arrives(DatagramChannel sender, DatagramChannel receiver)
            throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(8);
        sender.write(ByteBuffer.allocate(8));
        try {
            Awaitility.await()
                    .atMost(Duration.ofMillis(500))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> receiver.receive(packet.clear()) != null);
            return true;
        } catch (ConditionTimeoutException lost) {
            return false;
        }
    }
}
