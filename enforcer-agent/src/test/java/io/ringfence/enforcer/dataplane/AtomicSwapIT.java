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

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Policies;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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

/// No packet meets half a policy: what both policies deny never gets through while one replaces the
/// other, and what both allow is not lost, but for the packets that are counted as unjudged.
class AtomicSwapIT {
    private static final int PORT = 4200;
    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final int SWAPS = 300;
    private static final int PEERS = 10;

    /// The kernel chooses a chain's rules once for a packet, and a map's elements at each look. One
    /// that is between the two when the policy is replaced finds neither, and is dropped and
    /// counted: none on most runs, one in tens of thousands on a busy machine.
    private static final int MOST_UNJUDGED = 10;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong leaked = new AtomicLong();
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong connectsFailed = new AtomicLong();
    private final AtomicLong connectsLeaked = new AtomicLong();

    @Test
    void losesNothingAndLeaksNothing() throws Exception {
        try (Cable cable = Cable.lay();
                TestEnforcer enforcer = new TestEnforcer(cable.near());
                DatagramChannel receiver = receiver(cable);
                ServerSocket listening = Tcp.listen(cable.near(), NEAR, PORT)) {
            List<PolicySnapshot> policies = List.of(variant(0), variant(1));
            enforcer.apply(policies.getFirst(), Bypass.NONE);
            Tcp.serve(cable.near(), listening);
            List<Future<?>> traffic = new ArrayList<>();
            traffic.add(cable.near().startAction(() -> receive(receiver)));
            traffic.add(cable.far().startAction(() -> send(FAR, true)));
            traffic.add(cable.far().startAction(() -> send(OTHER, false)));
            traffic.add(cable.far().startAction(this::connect));

            int swaps = 0;
            long end = System.nanoTime() + LENGTH.toNanos();
            while (swaps < SWAPS && System.nanoTime() < end) {
                enforcer.apply(policies.get(++swaps % 2), Bypass.NONE);
            }
            over.set(true);
            for (Future<?> flow : traffic.subList(1, traffic.size())) {
                flow.get();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2))
                    .untilAsserted(() ->
                            assertThat(sent.get() - received.get() - unread(cable))
                                    .as("lost")
                                    .isBetween(0L, enforcer.counters().unjudged()));
            receiver.close();
            System.out.printf(
                    "%d swaps under traffic: %d allowed packets, %d lost; %d leaked; %d connects, %d failed, %d leaked%n",
                    swaps,
                    sent.get(),
                    sent.get() - received.get(),
                    leaked.get(),
                    connected.get(),
                    connectsFailed.get(),
                    connectsLeaked.get());
            assertThat(swaps).isGreaterThan(10);
            assertThat(leaked).hasValue(0);
            assertThat(connectsFailed).hasValue(0);
            assertThat(connectsLeaked).hasValue(0);
            assertThat(connected).hasPositiveValue();
            assertThat(enforcer.counters().unjudged()).isLessThan(MOST_UNJUDGED);
        }
    }

    private static PolicySnapshot variant(int number) {
        Policies policy = policy(DENY);
        for (int peer = 0; peer < PEERS; peer++) {
            policy.incoming("10.9" + number + "." + peer + ".0/24", TCP, 1000 + peer, ALLOW)
                    .incoming("10.8" + number + ".0." + peer, UDP, 1000 + peer, ALLOW);
        }
        return policy.incoming(FAR, UDP, PORT, ALLOW).incoming(FAR, TCP, PORT, ALLOW).build();
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
