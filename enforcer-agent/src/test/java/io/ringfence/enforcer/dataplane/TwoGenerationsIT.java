package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Cable.FAR;
import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Cable.OTHER;
import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Tcp;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The kernel's table holds the generation that is enforced and the one before it, whatever
/// happened.
class TwoGenerationsIT {
    private static final int PORT = 4700;
    private static final int STEPS = 80;
    private static final int ADDRESSES = 10_000;
    private static final int TIMED = 20;
    private static final Pattern PART =
            Pattern.compile(
                    "^\t(chain|set|map) (\\w+_g([0-9]+)) \\{\n.*?^\t}\n",
                    Pattern.DOTALL | Pattern.MULTILINE);

    private Cable cable;
    private NftablesDataplane dataplane;
    private ServerSocket listening;

    @BeforeEach
    void start() throws Exception {
        cable = Cable.lay();
        listening = Tcp.listen(cable.near(), NEAR, PORT);
        dataplane = new NftablesDataplane(new Generations());
    }

    @AfterEach
    void stop() throws Exception {
        listening.close();
        cable.close();
    }

    @Test
    void theLastGenerationStaysAsItWas() throws Exception {
        apply(variant(1));
        adjust(withOneMore(variant(1)));
        String first = generation(1);
        apply(variant(2));
        assertThat(first).contains("11.1.0.5 : goto in_class1_g1", "in_class4_g1");
        assertThat(generation(1)).isEqualTo(first);
        apply(variant(3));
        assertThat(generations()).containsExactly(2, 3);
    }

    @Test
    void neverThreeWhateverHappens() throws Exception {
        Random random = new Random(22);
        PolicySnapshot enforced = variant(0);
        apply(enforced);
        for (int step = 1; step <= STEPS; step++) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    enforced = withOneMore(enforced);
                    adjust(enforced);
                }
                case 1 -> {
                    PolicySnapshot refused = overlapping();
                    assertThatThrownBy(() -> apply(refused)).isInstanceOf(DataplaneException.class);
                    apply(enforced);
                }
                case 2 -> {
                    dataplane = new NftablesDataplane(new Generations());
                    apply(enforced);
                }
                case 3 -> {
                    apply(variant(1));
                    apply(variant(2));
                    nft("flush map inet ringfence incoming4_g" + current());
                    PolicySnapshot refused = moved(variant(2));
                    assertThatThrownBy(() -> adjust(refused)).hasMessageContaining("adjustment");
                    apply(enforced);
                }
                case 4 -> {
                    enforced = PolicySnapshot.getDefaultInstance();
                    apply(enforced);
                }
                default -> {
                    enforced = variant(step % 100);
                    apply(enforced);
                }
            }
            assertThat(generations()).as("after step %s", step).hasSizeBetween(1, 2);
        }
        apply(variant(1));
        assertEnforced();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "emptied map | flush map inet ringfence incoming4_g3",
                "emptied base chain | flush chain inet ringfence input",
                "forgotten identity | flush chain inet ringfence applied",
                "number taken | add chain inet ringfence refuse_g4 ; add rule inet ringfence refuse_g4 accept",
                "tied by a chain | add chain inet ringfence knot ; add rule inet ringfence knot goto refuse_g2",
                "tied by a hook | add chain inet ringfence knot { type filter hook input priority -5; } ; add rule inet ringfence knot ip saddr 10.99.0.3 goto refuse_g2",
            })
    void theNextPolicyRestores(String name, String tampering) throws Exception {
        apply(variant(1));
        apply(variant(1));
        apply(variant(1));
        nft(tampering);
        apply(variant(1));
        assertEnforced();
        assertThat(generations()).hasSizeBetween(1, 2);
        apply(variant(1));
        assertThat(generations()).hasSize(2);
        assertThat(listing()).doesNotContain("knot");
    }

    @Test
    void anEnforcerGoesOnFromATableWhoseMapsHaveNoNumber() throws Exception {
        nft("add table inet ringfence");
        nft("add map inet ringfence incoming4 { type ipv4_addr : verdict; }");
        nft("add chain inet ringfence refuse_g7");
        nft("add chain inet ringfence judge_g7");
        nft("add rule inet ringfence judge_g7 ip saddr vmap @incoming4");
        nft("add element inet ringfence incoming4 { 10.99.0.3 : goto refuse_g7 }");
        nft("add chain inet ringfence applied");
        nft("add rule inet ringfence applied counter comment \"0123456789abcdef 7 aa\"");
        apply(variant(1));
        assertEnforced();
        assertThat(generations()).containsExactly(7, 8);
        assertThat(listing()).contains("map incoming4 {");
        apply(variant(1));
        assertThat(generations()).containsExactly(8, 9);
        assertThat(listing()).doesNotContain("map incoming4 {");
    }

    @Test
    void bothGenerationsHaveTheirAddresses() throws Exception {
        List<PolicySnapshot> policies = List.of(many(0), many(1));
        long[] nanoseconds = new long[TIMED];
        for (int swap = 0; swap < TIMED; swap++) {
            long begin = System.nanoTime();
            apply(policies.get(swap % 2));
            nanoseconds[swap] = System.nanoTime() - begin;
        }
        Arrays.sort(nanoseconds);
        System.out.printf(
                "a swap with %,d addresses: median %.1f ms, fastest %.1f ms%n",
                ADDRESSES, nanoseconds[TIMED / 2] / 1e6, nanoseconds[0] / 1e6);
        assertThat(listing().split(" : goto in_class1_g", -1)).hasSize(2 * ADDRESSES + 1);
    }

    private void assertEnforced() throws Exception {
        try (Socket socket = Tcp.connect(cable.far(), FAR, NEAR, PORT)) {
            Tcp.reset(socket);
        }
        assertThatThrownBy(() -> Tcp.connect(cable.far(), OTHER, NEAR, PORT))
                .isInstanceOf(ConnectException.class);
        assertThat(cable.near().call(dataplane::readCounters).unjudged()).isZero();
    }

    private void apply(PolicySnapshot policy) throws Exception {
        cable.near().run(() -> dataplane.apply(policy, Bypass.NONE));
    }

    private void adjust(PolicySnapshot policy) throws Exception {
        cable.near().run(() -> dataplane.adjust(policy));
    }

    private void nft(String command) throws Exception {
        Nft.Answer answer = cable.near().call(() -> Nft.apply(command + "\n"));
        assertThat(answer.succeeded()).as(answer.reason()).isTrue();
    }

    private String listing() throws Exception {
        return cable.near().command("nft list table inet ringfence");
    }

    /// Whose chains, sets or maps there are.
    private Set<Integer> generations() throws Exception {
        return PART.matcher(listing())
                .results()
                .map(part -> Integer.parseInt(part.group(3)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private int current() throws Exception {
        return cable.near().call(() -> KernelTable.read().orElseThrow().generation());
    }

    /// Everything a generation is made of.
    private String generation(int number) throws Exception {
        return PART.matcher(listing())
                .results()
                .filter(part -> Integer.parseInt(part.group(3)) == number)
                .map(MatchResult::group)
                .collect(Collectors.joining());
    }

    private static PolicySnapshot variant(int number) {
        return policy(DENY)
                .incoming("11." + number + ".0.5", TCP, 1, ALLOW)
                .incoming("12." + number + ".0.0/16", TCP, 1, ALLOW)
                .incoming(FAR, TCP, PORT, ALLOW)
                .build();
    }

    /// nft refuses them when it looks at their elements.
    private static PolicySnapshot overlapping() {
        return policy(ALLOW)
                .incoming("10.0.0.0/8", TCP, 1, DENY)
                .incoming("10.99.0.0/16", TCP, 1, DENY)
                .build();
    }

    /// Another form of it, with one address and one class more.
    private static PolicySnapshot withOneMore(PolicySnapshot policy) {
        if (policy.getProcessingUnitsCount() == 0) {
            return policy;
        }
        PolicySnapshot.Builder more = policy.toBuilder();
        DirectionPolicy.Builder incoming = more.getProcessingUnitsBuilder(0).getIncomingBuilder();
        int number = incoming.getClassesCount();
        PeerClass.Builder another = incoming.getClasses(1).toBuilder();
        another.getProgramBuilder(0).setPortLow(number).setPortHigh(number);
        incoming.addClasses(another);
        incoming.addAddresses(whole(0x0d000000 + number, number));
        return more.build();
    }

    /// Another form of it, with an address in another class.
    private static PolicySnapshot moved(PolicySnapshot policy) {
        PolicySnapshot.Builder moved = policy.toBuilder();
        moved.getProcessingUnitsBuilder(0)
                .getIncomingBuilder()
                .getAddressesBuilder(0)
                .setPeerClass(2);
        return moved.build();
    }

    private static PolicySnapshot many(int number) {
        PolicySnapshot.Builder policy =
                policy(DENY).incoming("9.0.0.0", TCP, PORT, ALLOW).build().toBuilder();
        DirectionPolicy.Builder incoming = policy.getProcessingUnitsBuilder(0).getIncomingBuilder();
        for (int address = 1; address < ADDRESSES; address++) {
            incoming.addAddresses(whole(0x0b000000 + (number << 16) + address, 1));
        }
        return policy.build();
    }

    private static AddressClass whole(int address, int peerClass) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(address).array();
        return AddressClass.newBuilder()
                .setAddress(ByteString.copyFrom(bytes))
                .setPrefixLength(32)
                .setPeerClass(peerClass)
                .build();
    }
}
