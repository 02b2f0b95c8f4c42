package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.VisibleNetwork;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnforcedTest {
    private static final PolicySnapshot HELD =
            policy(DENY).incoming("10.0.0.1", TCP, 80, ALLOW).build();
    private static final PolicySnapshot NEXT =
            policy(DENY).incoming("10.0.0.2", TCP, 81, ALLOW).build();
    private static final KernelTable TABLE =
            KernelTable.unborn().successor(KernelTable.digest(HELD), false);
    private static final Enforced ENFORCED = new Enforced(TABLE, HELD, Bypass.NONE);

    @Test
    void otherAddressesClassesAndDecisionsAreASmallChange() throws Exception {
        assertThat(ENFORCED.stepTo(NEXT, Bypass.NONE)).isPresent();
    }

    @Test
    void theSamePolicyIsMadeAnewBecauseItHeals() throws Exception {
        assertThat(ENFORCED.stepTo(HELD, Bypass.NONE)).isEmpty();
    }

    @Test
    void anotherBypassIsNoSmallChange() throws Exception {
        Bypass other = new Bypass(List.of(), List.of(), List.of(InetAddress.ofLiteral("10.0.0.9")));
        assertThat(ENFORCED.stepTo(NEXT, other)).isEmpty();
    }

    @Test
    void domainsForTheFirstTimeAreNoSmallChange() throws Exception {
        PolicySnapshot domains =
                NEXT.toBuilder().addNetworks(VisibleNetwork.getDefaultInstance()).build();
        assertThat(ENFORCED.stepTo(domains, Bypass.NONE)).isEmpty();
    }

    @Test
    void anotherNumberOfUnitsIsNoSmallChange() throws Exception {
        PolicySnapshot none = PolicySnapshot.getDefaultInstance();
        PolicySnapshot two =
                NEXT.toBuilder().addProcessingUnits(NEXT.getProcessingUnits(0)).build();
        assertThat(ENFORCED.stepTo(none, Bypass.NONE)).isEmpty();
        assertThat(ENFORCED.stepTo(two, Bypass.NONE)).isEmpty();
        assertThat(new Enforced(TABLE, none, Bypass.NONE).stepTo(NEXT, Bypass.NONE)).isEmpty();
    }

    @Test
    void anotherDefaultIsNoSmallChange() throws Exception {
        assertThat(ENFORCED.stepTo(policy(ALLOW).build(), Bypass.NONE)).isEmpty();
    }

    @Test
    void allIsMadeAnewAfterSoManySmallChanges() throws Exception {
        KernelTable table = TABLE;
        for (int change = 0; change < Enforced.MOST_SMALL_CHANGES; change++) {
            assertThat(new Enforced(table, HELD, Bypass.NONE).stepTo(NEXT, Bypass.NONE))
                    .isPresent();
            table = table.judgingBy("aa");
        }
        assertThat(new Enforced(table, HELD, Bypass.NONE).stepTo(NEXT, Bypass.NONE)).isEmpty();
    }
}
