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

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.EnforcerProcess;
import io.ringfence.enforcer.lab.Host;
import io.ringfence.enforcer.lab.Tcp;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the kernel holds outlives whoever put it there, until it is taken away on purpose.
class EnforcerDeathIT {
    private static final int PORT = 4600;

    private final PolicySnapshot policy = policy(DENY).incoming(FAR, TCP, PORT, ALLOW).build();
    private Cable cable;

    @BeforeEach
    void layCable() throws Exception {
        cable = Cable.lay();
    }

    @AfterEach
    void takeUp() throws Exception {
        cable.close();
    }

    @Test
    void rulesStayAndTheNextEnforcerGoesOnFromThem() throws Exception {
        Host host = cable.near();
        Process process = EnforcerProcess.start(host, policy);
        try (Tcp.Pair open = Tcp.open(cable.far(), FAR, host, NEAR, PORT)) {
            process.destroyForcibly().waitFor();
            assertThatThrownBy(() -> Tcp.connect(cable.far(), OTHER, NEAR, PORT))
                    .isInstanceOf(ConnectException.class);
            exchange(open);

            NftablesDataplane next = new NftablesDataplane(new Generations());
            Counters left = host.call(next::readCounters);
            assertThat(left.logged()).isEqualTo(new Counters.Logged(1, 1, 0, 0));
            assertThat(host.call(() -> next.adopt(policy(ALLOW).build()))).isFalse();
            assertThat(host.call(() -> next.adopt(policy))).isTrue();
            assertThat(host.call(() -> next.apply(policy, Bypass.NONE)))
                    .isEqualTo(new Applied(2, false, 0));
            exchange(open);
            // Neighbours look for each other whenever they like, and that is never policed.
            assertThat(host.call(next::readCounters))
                    .usingRecursiveComparison()
                    .ignoringFields("notPoliced")
                    .isEqualTo(left);
        }
    }

    @Test
    void removalLeavesNothing() throws Exception {
        String before = cable.near().command("nft list ruleset");
        NftablesDataplane dataplane = new NftablesDataplane(new Generations());
        cable.near().run(() -> dataplane.apply(policy, Bypass.NONE));
        cable.near().run(dataplane::remove);
        cable.near().run(dataplane::remove);
        assertThat(cable.near().command("nft list ruleset")).isEqualTo(before);
        assertThatThrownBy(() -> cable.near().run(dataplane::readCounters))
                .isInstanceOf(DataplaneException.class);
        assertThat(cable.near().call(() -> dataplane.apply(policy, Bypass.NONE)).generation())
                .isEqualTo(1);
    }

    @Test
    void whatSomebodyElseDidToTheTableIsRepairedByTheNextPolicy() throws Exception {
        NftablesDataplane dataplane = new NftablesDataplane(new Generations());
        cable.near().run(() -> dataplane.apply(policy, Bypass.NONE));
        cable.near().command("nft delete table inet ringfence");
        cable.near().run(() -> dataplane.apply(policy, Bypass.NONE));
        assertThatThrownBy(() -> Tcp.connect(cable.far(), OTHER, NEAR, PORT))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aRefusedPolicyLeavesTheOldOneWhole() throws Exception {
        NftablesDataplane dataplane = new NftablesDataplane(new Generations());
        cable.near().run(() -> dataplane.apply(policy, Bypass.NONE));
        PolicySnapshot twoUnits =
                policy.toBuilder().addProcessingUnits(policy.getProcessingUnits(0)).build();
        assertThatThrownBy(() -> cable.near().run(() -> dataplane.apply(twoUnits, Bypass.NONE)))
                .isInstanceOf(DataplaneException.class)
                .hasMessageContaining("2 processing units");
        PolicySnapshot overlapping =
                policy(ALLOW)
                        .incoming("10.0.0.0/8", TCP, 1, DENY)
                        .incoming("10.99.0.0/16", TCP, 1, DENY)
                        .build();
        assertThatThrownBy(() -> cable.near().run(() -> dataplane.apply(overlapping, Bypass.NONE)))
                .isInstanceOf(DataplaneException.class);
        assertThatThrownBy(() -> Tcp.connect(cable.far(), OTHER, NEAR, PORT))
                .isInstanceOf(ConnectException.class);
        try (Tcp.Pair open = Tcp.open(cable.far(), FAR, cable.near(), NEAR, PORT)) {
            exchange(open);
        }
    }

    @Test
    void withoutAProcessingUnitNothingIsEnforced() throws Exception {
        NftablesDataplane dataplane = new NftablesDataplane(new Generations());
        cable.near().run(() -> dataplane.apply(policy, Bypass.NONE));
        cable.near().run(() -> dataplane.apply(PolicySnapshot.getDefaultInstance(), Bypass.NONE));
        try (Tcp.Pair open = Tcp.open(cable.far(), OTHER, cable.near(), NEAR, PORT)) {
            exchange(open);
        }
    }

    private static void exchange(Tcp.Pair pair) throws IOException {
        pair.client().getOutputStream().write(1);
        assertThat(pair.server().getInputStream().read()).isEqualTo(1);
    }
}
