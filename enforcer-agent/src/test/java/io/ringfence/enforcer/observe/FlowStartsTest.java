package io.ringfence.enforcer.observe;

import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.UDP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.netlink.Datagrams;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Packets without a kernel: what begins a flow, what repeats one, what cannot be understood.
class FlowStartsTest {
    private static final String IN = "rf in 0 1";

    private final Generations generations = new Generations();
    private final List<FlowKey> flows = new ArrayList<>();
    private final FlowStarts starts =
            new FlowStarts(generations, (flow, at) -> flows.add(flow), 42, 0);

    @BeforeEach
    void knowAPolicy() {
        generations.remember(1, policy(ALLOW).build());
    }

    @Test
    void readsIpv4() {
        see(IN, 0, ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4000, 443, 7)));
        assertThat(flows).hasSize(1);
        FlowKey flow = flows.getFirst();
        assertThat(flow.sourceAddress()).isEqualTo(InetAddress.ofLiteral("10.0.0.2"));
        assertThat(flow.destinationAddress()).isEqualTo(InetAddress.ofLiteral("10.0.0.1"));
        assertThat(flow.destinationPort()).isEqualTo(443);
        assertThat(flow.source()).isEqualTo(Endpoint.UNKNOWN);
        assertThat(flow.destination().id()).isEqualTo("unit");
    }

    @Test
    void readsIpv6BehindExtensionHeaders() {
        byte[] udp = ByteBuffer.allocate(8).putShort((short) 4000).putShort((short) 53).array();
        byte[] hopByHop = new byte[8];
        hopByHop[0] = UDP;
        byte[] transport = ByteBuffer.allocate(16).put(hopByHop).put(udp).array();
        see(IN, 0, ipv6(0, "fd00::2", "fd00::1", transport));
        assertThat(flows).extracting(FlowKey::protocol).containsExactly(UDP);
        assertThat(flows).extracting(FlowKey::destinationPort).containsExactly(53);
    }

    @Test
    void tellsTcpFlowsApartByPortsAndSequenceNumber() {
        see(IN, 0, ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4000, 443, 7)));
        see(IN, 3_000, ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4000, 443, 7)));
        see(IN, 3_000, ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4000, 443, 8)));
        see(IN, 3_000, ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4001, 443, 7)));
        see(IN, 3_000, ipv4(TCP, "10.0.0.3", "10.0.0.1", tcp(4000, 443, 7)));
        see(IN, 300_000, ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4000, 443, 7)));
        assertThat(flows).hasSize(5);
        assertThat(starts.received()).isEqualTo(6);
    }

    @Test
    void tellsEchoesApartById() {
        see(IN, 0, ipv4(1, "10.0.0.2", "10.0.0.1", echo(5, 1)));
        see(IN, 0, ipv4(1, "10.0.0.2", "10.0.0.1", echo(5, 2)));
        see(IN, 0, ipv4(1, "10.0.0.2", "10.0.0.1", echo(6, 1)));
        assertThat(flows).hasSize(2);
    }

    @Test
    void countsWhatItCannotUnderstand() {
        byte[] good = ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4000, 443, 7));
        see("rf in 0 9", 0, good);
        see("rf in 8 1", 0, good);
        see("somebody else's", 0, good);
        see(IN, 0, Arrays.copyOf(good, 22));
        see(IN, 0, new byte[3]);
        see(IN, 0, new byte[60]);
        assertThat(flows).isEmpty();
        assertThat(starts.unresolved()).isEqualTo(6);
    }

    @Test
    void followsANumberToItsNewPolicy() {
        see(IN, 0, ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4000, 443, 7)));
        generations.remember(1, policy(io.ringfence.enforcer.lab.Policies.DENY).build());
        see(IN, 0, ipv4(TCP, "10.0.0.2", "10.0.0.1", tcp(4000, 443, 8)));
        assertThat(flows)
                .extracting(flow -> flow.judgement().action().name())
                .containsExactly("ACCEPT", "REJECT");
    }

    private void see(String prefix, long millis, byte[] packet) {
        starts.see(Datagrams.logged(prefix, 0, packet), millis, millis);
    }

    private static byte[] ipv4(int protocol, String source, String destination, byte[] transport) {
        return ByteBuffer.allocate(20 + transport.length)
                .put(0, (byte) 0x45)
                .put(9, (byte) protocol)
                .put(12, InetAddress.ofLiteral(source).getAddress())
                .put(16, InetAddress.ofLiteral(destination).getAddress())
                .put(20, transport)
                .array();
    }

    private static byte[] ipv6(int next, String source, String destination, byte[] transport) {
        return ByteBuffer.allocate(40 + transport.length)
                .put(0, (byte) 0x60)
                .put(6, (byte) next)
                .put(8, InetAddress.ofLiteral(source).getAddress())
                .put(24, InetAddress.ofLiteral(destination).getAddress())
                .put(40, transport)
                .array();
    }

    private static byte[] tcp(int source, int destination, int sequence) {
        return ByteBuffer.allocate(20)
                .putShort((short) source)
                .putShort((short) destination)
                .putInt(sequence)
                .array();
    }

    private static byte[] echo(int id, int sequence) {
        return ByteBuffer.allocate(8)
                .put((byte) 8)
                .put(4, (byte) 0)
                .putShort(4, (short) id)
                .putShort(6, (short) sequence)
                .array();
    }
}
