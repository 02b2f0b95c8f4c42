package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.enforcer.lab.PolicyWalk;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyStepTest {
    private static final List<String> ADDRESSES =
            List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "fd00::1", "fd00::2");
    private static final List<Integer> PORTS = List.of(80, 81, 82);
    private static final int STEPS = 300;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void keepsTheNumbersOfWhatTheKernelHasAndJudgesAsTheNextPolicyDoes(long seed) throws Exception {
        PolicyWalk walk = new PolicyWalk(seed, ADDRESSES, PORTS);
        PolicySnapshot held = walk.next();
        int small = 0;
        for (int number = 0; number < STEPS; number++) {
            PolicySnapshot next = walk.next();
            PolicyStep step = PolicyStep.between(held, next);
            assertThat(step.isSmall()).isTrue();
            for (Direction direction : Direction.values()) {
                DirectionStep change = step.in(direction);
                assertThat(change.after().getClassesList())
                        .startsWith(change.before().getClassesList().toArray(PeerClass[]::new));
                assertThat(said(step.policy(), direction))
                        .startsWith(said(held, direction).toArray(String[]::new))
                        .doesNotHaveDuplicates();
                assertThat(moved(change)).isEqualTo(addresses(change.after()));
                assertJudgesAlike(step.policy(), next, direction, walk);
            }
            small += step.isTidy() ? 1 : 0;
            held = step.isTidy() ? step.policy() : next;
        }
        assertThat(small).isBetween(STEPS / 2, STEPS - 1);
    }

    private static void assertJudgesAlike(
            PolicySnapshot form, PolicySnapshot next, Direction direction, PolicyWalk walk)
            throws Exception {
        TcpJudge kernel = new TcpJudge(form.getProcessingUnits(0));
        TcpJudge judge = new TcpJudge(next.getProcessingUnits(0));
        for (String address : ADDRESSES) {
            InetAddress peer = InetAddress.ofLiteral(address);
            for (int port = 79; port < 84; port++) {
                assertThat(kernel.judge(direction, peer, port))
                        .as("%s %s:%s under %s", direction, address, port, next)
                        .isEqualTo(judge.judge(direction, peer, port));
                assertThat(decides(form, direction, address, port))
                        .isEqualTo(walk.decides(direction, address, port));
            }
        }
    }

    private static String decides(
            PolicySnapshot form, Direction direction, String address, int port) throws Exception {
        DirectionPolicy policy = direction.of(form.getProcessingUnits(0));
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        int peerClass =
                policy.getAddressesList().stream()
                        .filter(entry ->
                                entry.getAddress()
                                        .asReadOnlyByteBuffer()
                                        .equals(ByteBuffer.wrap(bytes)))
                        .mapToInt(AddressClass::getPeerClass)
                        .findFirst()
                        .orElse(0);
        int decision =
                policy.getClasses(peerClass).getProgramList().stream()
                        .filter(rule -> rule.getPortLow() == port)
                        .mapToInt(PortRule::getDecision)
                        .findFirst()
                        .orElse(0);
        return said(form, direction).get(decision);
    }

    /// The addresses before, without those that have gone and with those that have come.
    private static Set<AddressClass> moved(DirectionStep change) {
        Set<AddressClass> moved = addresses(change.before());
        assertThat(change.gone()).allMatch(moved::remove);
        assertThat(change.come()).allMatch(moved::add);
        return moved;
    }

    private static Set<AddressClass> addresses(DirectionPolicy policy) {
        return new HashSet<>(policy.getAddressesList());
    }

    private static List<String> said(PolicySnapshot policy, Direction direction) {
        return direction.of(policy.getProcessingUnits(0)).getDecisionsList().stream()
                .map(decision -> policy.getText(decision.getPolicyId()))
                .toList();
    }

    @Test
    void theSamePolicyChangesNothing() throws Exception {
        PolicySnapshot policy = policy(DENY).incoming("10.0.0.1", TCP, 80, ALLOW).build();
        PolicyStep step = PolicyStep.between(policy, policy);
        assertThat(step.changesNothing()).isTrue();
        assertThat(step.policy()).isEqualTo(policy);
    }

    @Test
    void theDefaultStaysApartFromARuleThatSaysTheSame() throws Exception {
        PolicySnapshot before = policy(DENY).build();
        PolicySnapshot.Builder next = before.toBuilder();
        Decision like = next.getProcessingUnits(0).getIncoming().getDecisions(0);
        next.getProcessingUnitsBuilder(0)
                .getIncomingBuilder()
                .addDecisions(like)
                .addClasses(
                        PeerClass.newBuilder()
                                .addProgram(PortRule.newBuilder().setProtocol(TCP).setDecision(1)));
        DirectionStep step = PolicyStep.between(before, next.build()).in(Direction.INCOMING);
        assertThat(step.after().getDecisionsCount()).isEqualTo(2);
        assertThat(step.after().getClasses(1).getProgram(0).getDecision()).isEqualTo(1);
    }

    @Test
    void whatIsUnusedIsBounded() throws Exception {
        PolicySnapshot held = policy(DENY).build();
        for (int number = 0; ; number++) {
            PolicyStep step =
                    PolicyStep.between(
                            held, policy(DENY).incoming("10.0.0.1", TCP, number, ALLOW).build());
            assertThat(step.isTidy()).isEqualTo(step.in(Direction.INCOMING).unused() <= 4 + 16);
            if (!step.isTidy()) {
                break;
            }
            held = step.policy();
        }
        assertThat(held.getProcessingUnits(0).getIncoming().getClassesCount()).isEqualTo(22);
    }

    @Test
    void aPrefixOrADefaultIsNoSmallChange() throws Exception {
        PolicySnapshot before = policy(DENY).incoming("10.1.0.0/16", TCP, 80, ALLOW).build();
        assertThat(isSmall(before, policy(DENY).incoming("10.1.0.0/17", TCP, 80, ALLOW).build()))
                .isFalse();
        assertThat(isSmall(before, policy(DENY).incoming("10.1.0.0/16", TCP, 81, ALLOW).build()))
                .isFalse();
        assertThat(isSmall(before, policy(DENY).build())).isFalse();
        assertThat(
                        isSmall(
                                before,
                                policy(ALLOW, DENY)
                                        .incoming("10.1.0.0/16", TCP, 80, ALLOW)
                                        .build()))
                .isFalse();
        assertThat(
                        isSmall(
                                before,
                                policy(DENY)
                                        .incoming("10.1.0.0/16", TCP, 80, ALLOW)
                                        .outgoing("10.2.0.1", TCP, 80, ALLOW)
                                        .build()))
                .isTrue();
    }

    private static boolean isSmall(PolicySnapshot before, PolicySnapshot next) throws Exception {
        return PolicyStep.between(before, next).isSmall();
    }

    @Test
    void refusesWhatMakesNoSense() {
        PolicySnapshot good = policy(DENY).incoming("10.0.0.1", TCP, 80, ALLOW).build();
        PolicySnapshot.Builder noDefault = good.toBuilder();
        incoming(noDefault).clearDecisions();
        PolicySnapshot.Builder noDecision = good.toBuilder();
        incoming(noDecision).getClassesBuilder(1).getProgramBuilder(0).setDecision(2);
        PolicySnapshot.Builder noClass = good.toBuilder();
        incoming(noClass).getAddressesBuilder(0).setPeerClass(2);
        for (PolicySnapshot.Builder bad : List.of(noDefault, noDecision, noClass)) {
            assertThatThrownBy(() -> PolicyStep.between(good, bad.build()))
                    .isInstanceOf(DataplaneException.class);
        }
    }

    private static DirectionPolicy.Builder incoming(PolicySnapshot.Builder policy) {
        return policy.getProcessingUnitsBuilder(0).getIncomingBuilder();
    }
}
