package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.lab.Policies;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepTextTest {
    private static final KernelTable TABLE =
            new KernelTable(
                    "0123456789abcdef",
                    12,
                    new GenerationNames(12),
                    "aa",
                    List.of(
                            Part.chain("a_g12"),
                            map("outgoing4_g12"),
                            map("outgoing6_g12"),
                            map("incoming4_g12")),
                    List.of(),
                    List.of(Part.chain("a_g11")),
                    false);
    private static final PolicySnapshot BEFORE =
            policy(DENY)
                    .outgoing("10.0.0.1", TCP, 80, ALLOW)
                    .outgoing("10.0.0.2", TCP, 81, ALLOW)
                    .outgoing("10.1.0.0/16", TCP, 82, ALLOW)
                    .build();
    private static final PolicySnapshot MOVED = moved().build();
    private static final PolicySnapshot GROWN =
            moved().outgoing("10.0.0.4", TCP, 83, ALLOW).build();

    private static Policies moved() {
        return policy(DENY)
                .outgoing("10.0.0.2", TCP, 80, ALLOW)
                .outgoing("10.0.0.3", TCP, 81, ALLOW)
                .outgoing("10.1.0.0/16", TCP, 82, ALLOW);
    }

    @Test
    void movesAddressesBetweenClassesThatAreThere() throws Exception {
        PolicyStep step = PolicyStep.between(BEFORE, MOVED);
        StepText text = StepText.judging(step);
        assertThat(text.chains(TABLE).isEmpty()).isTrue();
        RulesetText change = text.change(TABLE, TABLE.judgingBy("bb"));
        assertThat(change.toString())
                .contains("10.0.0.2 : goto out_class1_g12,")
                .contains("10.0.0.3 : goto out_class2_g12,")
                .containsPattern(
                        "delete element inet ringfence outgoing4_g12 \\{ (10.0.0.1, 10.0.0.2|10.0.0.2, 10.0.0.1) }")
                .doesNotContain("create")
                .doesNotContain("_network4")
                .doesNotContain("_judge_saddr_g12")
                .doesNotContain("a_g11");
        assertThat(change.applied().parts()).isEqualTo(TABLE.parts());
        assertThat(change.applied().formerParts()).isEqualTo(TABLE.formerParts());
    }

    @Test
    void theNumberOfThePolicyThatJudgesIsReplacedWhereverItStands() throws Exception {
        PolicyStep step = PolicyStep.between(BEFORE, MOVED);
        String text = StepText.judging(step).change(TABLE, TABLE.judgingBy("bb")).toString();
        assertThat(text)
                .contains("flush chain inet ringfence input\n")
                .contains("flush chain inet ringfence output\n")
                .contains("flush chain inet ringfence admit_g12\n")
                .contains("flush chain inet ringfence applied\n")
                .contains("ct mark & 0xff000000 == 0x0d000000 accept")
                .contains("ct mark set ct mark & 0x00ffffff | 0x0d000000")
                .contains("counter comment \"0123456789abcdef 13/12 bb\"")
                .doesNotContain("0x0c000000");
    }

    @Test
    void aNewClassIsReachedFromNewMapsOnly() throws Exception {
        PolicyStep step = PolicyStep.between(BEFORE, GROWN);
        StepText text = StepText.judging(step);
        assertThat(text.chains(TABLE).isEmpty()).isTrue();
        RulesetText change = text.change(TABLE, TABLE.judgingBy("bb"));
        assertThat(change.toString())
                .containsSubsequence(
                        "create chain inet ringfence out_class4_g12",
                        "chain out_class4_g12 {",
                        "create map inet ringfence outgoing4_13_g12",
                        "add element inet ringfence outgoing4_13_g12",
                        "flush chain inet ringfence out_judge_saddr_g12",
                        "ip saddr vmap @outgoing4_13_g12",
                        "ip saddr vmap @outgoing_network4_g12")
                .contains("out_decision4_g12")
                .doesNotContain("element inet ringfence outgoing4_g12")
                .doesNotContain("incoming4")
                .doesNotContain("delete");
        assertThat(change.applied().renewedParts())
                .containsExactly(map("outgoing4_g12"), map("outgoing6_g12"));
        assertThat(change.applied().parts())
                .contains(
                        Part.chain("out_class4_g12"), map("outgoing4_13_g12"), map("incoming4_g12"))
                .doesNotContain(map("outgoing4_g12"));
    }

    @Test
    void mapsThatWereRenewedGoWithTheNextChange() throws Exception {
        KernelTable renewed =
                StepText.judging(PolicyStep.between(BEFORE, GROWN))
                        .change(TABLE, TABLE.judgingBy("bb"))
                        .applied();
        RulesetText change =
                StepText.judging(PolicyStep.between(GROWN, MOVED))
                        .change(renewed, renewed.judgingBy("cc"));
        assertThat(change.toString())
                .contains("delete map inet ringfence outgoing4_g12\n")
                .contains("delete element inet ringfence outgoing4_13_g12 { 10.0.0.4 }");
        assertThat(change.applied().renewedParts()).isEmpty();
        assertThat(renewed.successor("cc", false).formerParts())
                .contains(map("outgoing4_g12"), map("outgoing4_13_g12"));
        assertThat(renewed.givenUp().formerParts())
                .contains(map("outgoing4_g12"), map("outgoing4_13_g12"), Part.chain("a_g11"));
    }

    @Test
    void anAdjustmentMakesChainsFirstAndKeepsTheNumber() throws Exception {
        StepText text = StepText.adjusting(PolicyStep.between(BEFORE, GROWN));
        RulesetText chains = text.chains(TABLE);
        assertThat(chains.toString())
                .contains("create chain inet ringfence out_class4_g12")
                .contains("create chain inet ringfence out_decision4_g12")
                .doesNotContain("out_class3_g12 {")
                .doesNotContain("element")
                .doesNotContain("flush");
        KernelTable grown = chains.applied();
        RulesetText change = text.change(grown, grown);
        assertThat(change.toString())
                .doesNotContain("chain")
                .doesNotContain("flush")
                .contains("10.0.0.4 : goto out_class4_g12,");
        assertThat(change.applied().parts()).contains(Part.chain("out_class4_g12"));
        assertThat(change.applied().generation()).isEqualTo(12);
    }

    @Test
    void anAdjustmentThatBringsNothingIsNone() throws Exception {
        StepText text = StepText.adjusting(PolicyStep.between(BEFORE, BEFORE));
        assertThat(text.chains(TABLE).isEmpty()).isTrue();
        KernelTable renewed = TABLE.renewing(Set.of(Direction.OUTGOING));
        RulesetText change = text.change(renewed, renewed);
        assertThat(change.isEmpty()).isTrue();
        assertThat(change.applied()).isEqualTo(renewed);
    }

    private static Part map(String name) {
        return new Part(Part.Kind.MAP, name);
    }
}
