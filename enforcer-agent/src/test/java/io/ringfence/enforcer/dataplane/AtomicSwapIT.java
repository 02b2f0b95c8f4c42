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

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Policies;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import io.ringfence.engine.form.CanonicalForm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No packet meets half a policy: what both policies allow is never lost, what both deny never gets
/// through, while one replaces the other.
class AtomicSwapIT {
    private static final int PORT = 4200;
    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final int FEWEST = 10;
    private static final int CHANGES = 300;
    private static final int PEERS = 10;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong leaked = new AtomicLong();
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong connectsFailed = new AtomicLong();
    private final AtomicLong connectsLeaked = new AtomicLong();

    @Test
    void aPolicyIsReplacedAsAWhole() throws Exception {
        List<PolicySnapshot> policies = List.of(variant(0), variant(1));
        losesNothingAndLeaksNothing(
                "swaps",
                policies.getFirst(),
                (enforcer, number) -> enforcer.apply(policies.get(number % 2), Bypass.NONE));
    }

    @Test
    void anAddressMovesToAClassThatHasItsRules() throws Exception {
        PolicySnapshot.Builder policy = variant(0).toBuilder();
        losesNothingAndLeaksNothing(
                "adjustments",
                policy.build(),
                (enforcer, number) -> enforcer.adjust(toNewClass(policy).build()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "small changes that bring classes,10,64",
        "small changes that bring classes to many addresses,1100,64",
        "small changes between known classes,10,2",
    })
    void classesComeAndGo(String changes, int peers, int classes) throws Exception {
        losesNothingAndLeaksNothing(
                changes,
                changing(0, peers, classes),
                (enforcer, number) ->
                        enforcer.apply(changing(number, peers, classes), Bypass.NONE));
    }

    @FunctionalInterface
    private interface Change {
        void make(TestEnforcer enforcer, int number) throws Exception;
    }

    private void losesNothingAndLeaksNothing(String changes, PolicySnapshot first, Change change)
            throws Exception {
        try (Cable cable = Cable.lay();
                TestEnforcer enforcer = new TestEnforcer(cable.near());
                DatagramChannel receiver = receiver(cable);
                ServerSocket listening = Tcp.listen(cable.near(), NEAR, PORT)) {
            enforcer.apply(first, Bypass.NONE);
            Tcp.serve(cable.near(), listening);
            List<Future<?>> traffic = new ArrayList<>();
            traffic.add(cable.near().startAction(() -> receive(receiver)));
            traffic.add(cable.far().startAction(() -> send(FAR, true)));
            traffic.add(cable.far().startAction(() -> send(OTHER, false)));
            traffic.add(cable.far().startAction(this::connect));

            int made = 0;
            long end = System.nanoTime() + LENGTH.toNanos();
            while (made < FEWEST || made < CHANGES && System.nanoTime() < end) {
                change.make(enforcer, ++made);
            }
            over.set(true);
            for (Future<?> flow : traffic.subList(1, traffic.size())) {
                flow.get();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2))
                    .untilAsserted(() ->
                            assertThat(sent.get() - received.get() - unread(cable))
                                    .as("lost; the kernel dropped %s", enforcer.counters())
                                    .isZero());
            receiver.close();
            System.out.printf(
                    "%d %s under traffic: %d allowed packets, none lost; %d leaked; %d connects, %d failed, %d leaked%n",
                    made,
                    changes,
                    sent.get(),
                    leaked.get(),
                    connected.get(),
                    connectsFailed.get(),
                    connectsLeaked.get());
            assertThat(leaked).hasValue(0);
            assertThat(connectsFailed).hasValue(0);
            assertThat(connectsLeaked).hasValue(0);
            assertThat(connected).hasPositiveValue();
            assertThat(enforcer.counters().unjudged()).isZero();
        }
    }

    /// Moves the address from which all allowed packets come.
    private static PolicySnapshot.Builder toNewClass(PolicySnapshot.Builder policy) {
        DirectionPolicy.Builder incoming = policy.getProcessingUnitsBuilder(0).getIncomingBuilder();
        ByteString far = ByteString.copyFrom(InetAddress.ofLiteral(FAR).getAddress());
        for (AddressClass.Builder address : incoming.getAddressesBuilderList()) {
            if (address.getAddress().equals(far)) {
                PeerClass has = incoming.getClasses(address.getPeerClass());
                PortRule.Builder more = has.getProgram(0).toBuilder();
                int port = 5000 + incoming.getClassesCount();
                incoming.addClasses(
                        PeerClass.newBuilder()
                                .addAllProgram(has.getProgramList().subList(0, 2))
                                .addProgram(more.setPortLow(port).setPortHigh(port)));
                address.setPeerClass(incoming.getClassesCount() - 1);
            }
        }
        return policy;
    }

    private static PolicySnapshot variant(int number) {
        Policies policy = policy(DENY);
        for (int peer = 0; peer < PEERS; peer++) {
            policy.incoming("10.9" + number + "." + peer + ".0/24", TCP, 1000 + peer, ALLOW)
                    .incoming("10.8" + number + ".0." + peer, UDP, 1000 + peer, ALLOW);
        }
        return policy.incoming(FAR, UDP, PORT, ALLOW).incoming(FAR, TCP, PORT, ALLOW).build();
    }

    /// The address from which all allowed packets come is in another class each time, others come
    /// and go, and the two ways to be rejected take turns.
    ///
    /// @param classes how many there are to choose from
    private static PolicySnapshot changing(int number, int peers, int classes) {
        Policies policy = policy(DENY);
        for (String address : List.of(FAR, "10.77.0.1")) {
            int turn = (number + (address.equals(FAR) ? 0 : 1)) % classes;
            policy.incoming(address, UDP, PORT, ALLOW)
                    .incoming(address, TCP, PORT, ALLOW)
                    .incoming(address, TCP, 5000 + turn, ALLOW);
        }
        policy.incoming("10.8.0.0", UDP, PORT, ALLOW);
        if (number % 2 == 0) {
            policy.incoming(OTHER, TCP, PORT, DENY).incoming(OTHER, UDP, PORT, DENY);
        }
        PolicySnapshot.Builder crowded = policy.build().toBuilder();
        DirectionPolicy.Builder incoming =
                crowded.getProcessingUnitsBuilder(0).getIncomingBuilder();
        for (int peer = number % 3; peer < peers; peer++) {
            byte[] address = {10, 9, (byte) (peer / 250), (byte) (peer % 250)};
            incoming.addAddresses(
                    AddressClass.newBuilder()
                            .setAddress(ByteString.copyFrom(address))
                            .setPrefixLength(32)
                            .setPeerClass(3));
        }
        ByteString digest = ByteString.copyFrom("changing" + number, StandardCharsets.US_ASCII);
        return CanonicalForm.of(crowded.setDigest(digest).build());
    }

    private static DatagramChannel receiver(Cable cable) throws Exception {
        return cable.near()
                .call(() -> {
                    DatagramChannel channel = DatagramChannel.open();
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
                    return channel.bind(new InetSocketAddress(InetAddress.ofLiteral(NEAR), PORT));
                });
    }

    /// Packets that passed and that the receiver was too slow for: `RcvbufErrors` of the namespace.
    private static long unread(Cable cable) throws Exception {
        List<List<String>> udp =
                cable
                        .near()
                        .call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/snmp")))
                        .stream()
                        .filter(line -> line.startsWith("Udp:"))
                        .map(line -> List.of(line.split(" ")))
                        .toList();
        return Long.parseLong(udp.getLast().get(udp.getFirst().indexOf("RcvbufErrors")));
    }

    private void receive(DatagramChannel channel) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(64);
        InetAddress denied = InetAddress.ofLiteral(OTHER);
        while (channel.isOpen()) {
            InetSocketAddress source = (InetSocketAddress) channel.receive(packet.clear());
            (source.getAddress().equals(denied) ? leaked : received).incrementAndGet();
        }
    }

    /// From sixteen ports, one of them ever new, so that both the first packet and later ones of a
    /// flow are among them.
    private void send(String from, boolean allowed) throws IOException {
        InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral(NEAR), PORT);
        List<DatagramChannel> channels = new ArrayList<>();
        for (int number = 0; !over.get(); number++) {
            if (channels.size() == 16) {
                channels.removeFirst().close();
            }
            channels.add(
                    DatagramChannel.open()
                            .bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0)));
            for (DatagramChannel channel : channels) {
                int bytes = channel.send(ByteBuffer.allocate(16), to);
                if (allowed && bytes == 16) {
                    sent.incrementAndGet();
                }
            }
            LockSupport.parkNanos(2_000_000);
        }
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }

    private void connect() {
        while (!over.get()) {
            try {
                Tcp.reset(Tcp.connectHere(FAR, 0, NEAR, PORT));
                connected.incrementAndGet();
            } catch (IOException refused) {
                connectsFailed.incrementAndGet();
            }
            try (var socket = Tcp.connectHere(OTHER, 0, NEAR, PORT)) {
                connectsLeaked.incrementAndGet();
            } catch (IOException refused) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
