package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.ICMP;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.IcmpCodes;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesetTextTest {
    private static final KernelTable BEFORE =
            new KernelTable(
                    "0123456789abcdef",
                    11,
                    new GenerationNames(11),
                    "aa",
                    List.of(Part.chain("refuse_g11"), new Part(Part.Kind.MAP, "incoming4_g11")),
                    List.of(),
                    List.of(
                            Part.chain("refuse_g10"),
                            new Part(Part.Kind.MAP, "incoming4_g10"),
                            new Part(Part.Kind.SET, "ssh4_g10")),
                    false);
    private static final KernelTable NEXT = BEFORE.successor("bb", false);

    @Test
    void replacesInPlace() throws Exception {
        String text = render(policy(DENY), Bypass.NONE);
        assertThat(text)
                .contains("flush chain inet ringfence input\n")
                .contains("counter comment \"0123456789abcdef 12 bb\"")
                .doesNotContain("delete table")
                .doesNotContain("flush table")
                .doesNotContain("reset counter");
    }

    @Test
    void leavesTheLastGenerationAloneAndRemovesTheOneBefore() throws Exception {
        assertThat(render(policy(DENY), Bypass.NONE))
                .doesNotContain("_g11")
                .containsSubsequence(
                        "flush chain inet ringfence refuse_g10\n",
                        "flush map inet ringfence incoming4_g10\n",
                        "delete map inet ringfence incoming4_g10\n",
                        "delete set inet ringfence ssh4_g10\n",
                        "delete chain inet ringfence refuse_g10\n",
                        "create chain inet ringfence refuse_g12",
                        "create map inet ringfence incoming4_g12");
    }

    @Test
    void remembersWhatItMadeAndWhatItLeft() throws Exception {
        KernelTable applied =
                RulesetText.render(BEFORE, NEXT, policy(DENY).build(), Bypass.NONE).applied();
        assertThat(applied.parts())
                .contains(
                        Part.chain("refuse_g12"),
                        Part.chain("in_judge_saddr_g12"),
                        Part.chain("out_decision0_g12"),
                        new Part(Part.Kind.MAP, "outgoing_network6_g12"),
                        new Part(Part.Kind.SET, "control4_g12"))
                .allMatch(part -> part.name().endsWith("_g12"));
        assertThat(applied.formerParts()).isEqualTo(BEFORE.parts());
    }

    @Test
    void whatIsGivenUpGoesAtOnce() throws Exception {
        KernelTable nothing = BEFORE.givenUp();
        RulesetText ruleset =
                RulesetText.render(
                        nothing, nothing.successor("bb", false), policy(DENY).build(), Bypass.NONE);
        assertThat(ruleset.toString())
                .contains("delete chain inet ringfence refuse_g10\n")
                .contains("delete chain inet ringfence refuse_g11\n");
        assertThat(ruleset.applied().formerParts()).isEmpty();
    }

    @Test
    void mapsWholeAddressesExactlyAndNetworksByInterval() throws Exception {
        String text =
                render(
                        policy(DENY)
                                .incoming("10.0.0.1", TCP, 80, ALLOW)
                                .incoming("10.1.0.0/16", TCP, 81, ALLOW)
                                .incoming("fd00::1", TCP, 82, ALLOW)
                                .incoming("fd01::/16", TCP, 83, ALLOW),
                        Bypass.NONE);
        assertThat(text)
                .contains("incoming4_g12 {\n10.0.0.1 : goto in_class1_g12,\n}")
                .contains("incoming_network4_g12 {\n10.1.0.0/16 : goto in_class2_g12,\n}")
                .contains("incoming6_g12 {\nfd00:0:0:0:0:0:0:1 : goto in_class3_g12,\n}")
                .contains(
                        "incoming_network6_g12 {\nfd01:0:0:0:0:0:0:0/16 : goto in_class4_g12,\n}");
    }

    @Test
    void asksForTheOtherPortInAnswers() throws Exception {
        String text = render(policy(DENY).incoming("10.0.0.1", TCP, 80, ALLOW), Bypass.NONE);
        assertThat(text)
                .contains(
                        "chain in_class1_g12 {\n  oif != 0 goto in_answer1_g12\n  meta l4proto 6 th dport 80 goto in_decision1_g12\n  goto in_decision0_g12\n")
                .contains(
                        "chain in_answer1_g12 {\n  meta l4proto 6 th sport 80 goto in_decision1_g12\n  goto in_decision0_g12\n");
    }

    @Test
    void turnsAnEchoIntoItsReply() throws Exception {
        PortRule.Builder echo =
                PortRule.newBuilder()
                        .setProtocol(ICMP)
                        .setIcmpType(8)
                        .addIcmpCodes(IcmpCodes.newBuilder().setLow(0).setHigh(3));
        String text =
                render(policy(DENY).rule(Direction.OUTGOING, "10.0.0.1", echo, ALLOW), Bypass.NONE);
        assertThat(text)
                .contains("  icmp type 8 icmp code { 0-3 } goto out_decision1_g12\n")
                .contains("  icmp type 0 icmp code { 0-3 } goto out_decision1_g12\n");
    }

    @Test
    void putsACounterBesideEveryLog() throws Exception {
        String text =
                render(
                        policy(DENY)
                                .incoming("10.0.0.1", TCP, 80, ALLOW)
                                .outgoing("10.0.0.1", TCP, 80, DENY),
                        Bypass.NONE);
        assertThat(text.lines().filter(line -> line.contains(" log ")))
                .isNotEmpty()
                .allMatch(line ->
                        line.matches(
                                ".*counter name logged_(incoming|outgoing)_(accepted|rejected) log prefix \"rf (in|out) [0-9]+ 12\" .*"));
    }

    @Test
    void doesNotLogSilentDecisions() throws Exception {
        PortRule.Builder rule = PortRule.newBuilder().setProtocol(TCP);
        String text =
                render(
                        policy(DENY)
                                .rule(
                                        Direction.INCOMING,
                                        "10.0.0.1",
                                        rule,
                                        Decision.newBuilder().setAction(ALLOW).setSilent(true)),
                        Bypass.NONE);
        assertThat(text).contains("counter name silent\n").doesNotContain("\"rf in 1 ");
    }

    @Test
    void leavesControlChannelAndFailSafeUntracked() throws Exception {
        Bypass bypass =
                new Bypass(
                        List.of(new ControlEndpoint(InetAddress.ofLiteral("10.0.0.9"), 8443)),
                        List.of(Cidr.parse("fd00::/64")),
                        List.of());
        assertThat(render(policy(DENY), bypass))
                .contains("ip daddr . tcp dport @control4_g12 notrack")
                .contains("tcp dport 22 ip6 saddr @ssh6_g12 fib daddr type local notrack")
                .contains("control4_g12 { 10.0.0.9 . 8443 }")
                .contains("ssh6_g12 { fd00:0:0:0:0:0:0:0/64 }")
                .doesNotContain("skuid");
    }

    @Test
    void holdsAnswersOfResolversOnlyForDomains() throws Exception {
        Bypass bypass =
                new Bypass(List.of(), List.of(), List.of(InetAddress.ofLiteral("10.0.0.53")));
        PolicySnapshot policy = policy(DENY).build();
        KernelTable with = BEFORE.successor("bb", true);
        assertThat(RulesetText.render(BEFORE, NEXT, policy, bypass).toString())
                .doesNotContain("dns_");
        RulesetText holding = RulesetText.render(BEFORE, with, policy, bypass);
        assertThat(holding.toString())
                .contains("hook input priority 110")
                .contains("th sport 53 ip saddr @resolver4_g12 goto dns_queue")
                .contains("th dport 53 ip daddr @resolver4_g12 log group 21063 ")
                .doesNotContain("@resolver6_g12 goto dns_queue")
                .doesNotContain("flush chain inet ringfence dns_queue");
        assertThat(holding.applied().holdsAnswers()).isTrue();
        assertThat(holding.applied().parts()).noneMatch(part -> part.name().startsWith("dns_"));
        assertThat(RulesetText.render(with, with.successor("cc", false), policy, bypass).toString())
                .contains("delete chain inet ringfence dns_answers\n")
                .contains("delete chain inet ringfence dns_queries\n")
                .contains("delete chain inet ringfence dns_queue\n");
    }

    @Test
    void refusesWhatItCannotEnforce() {
        PolicySnapshot good = policy(DENY).incoming("10.0.0.1", TCP, 80, ALLOW).build();
        PolicySnapshot.Builder twoUnits =
                good.toBuilder().addProcessingUnits(good.getProcessingUnits(0));
        PolicySnapshot.Builder noDefault = good.toBuilder();
        noDefault.getProcessingUnitsBuilder(0).getOutgoingBuilder().clearDecisions();
        PolicySnapshot.Builder noAction = good.toBuilder();
        noAction.getProcessingUnitsBuilder(0)
                .getIncomingBuilder()
                .getDecisionsBuilder(1)
                .clearAction();
        PolicySnapshot.Builder unknownDecision = good.toBuilder();
        unknownDecision
                .getProcessingUnitsBuilder(0)
                .getIncomingBuilder()
                .getClassesBuilder(1)
                .getProgramBuilder(0)
                .setDecision(9);
        PolicySnapshot.Builder portsOfNoProtocol = good.toBuilder();
        portsOfNoProtocol
                .getProcessingUnitsBuilder(0)
                .getIncomingBuilder()
                .getClassesBuilder(1)
                .getProgramBuilder(0)
                .setProtocol(0);
        PolicySnapshot.Builder unknownClass = good.toBuilder();
        unknownClass
                .getProcessingUnitsBuilder(0)
                .getIncomingBuilder()
                .addAddresses(
                        AddressClass.newBuilder()
                                .setAddress(ByteString.copyFrom(new byte[4]))
                                .setPrefixLength(32)
                                .setPeerClass(7));
        PolicySnapshot.Builder shortAddress = good.toBuilder();
        shortAddress
                .getProcessingUnitsBuilder(0)
                .getIncomingBuilder()
                .getAddressesBuilder(0)
                .setAddress(ByteString.copyFrom(new byte[3]));
        for (PolicySnapshot.Builder bad :
                List.of(
                        twoUnits,
                        noDefault,
                        noAction,
                        unknownDecision,
                        portsOfNoProtocol,
                        unknownClass,
                        shortAddress)) {
            assertThatThrownBy(() -> RulesetText.render(BEFORE, NEXT, bad.build(), Bypass.NONE))
                    .isInstanceOf(DataplaneException.class);
        }
    }

    private static String render(io.ringfence.enforcer.lab.Policies policy, Bypass bypass)
            throws Exception {
        return RulesetText.render(BEFORE, NEXT, policy.build(), bypass).toString();
    }
}
