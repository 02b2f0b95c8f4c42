package io.ringfence.enforcer.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.VisibleNetwork;
import io.ringfence.enforcer.dataplane.Bypass;
import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.dataplane.NftablesDataplane;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Lookup;
import io.ringfence.enforcer.lab.NameServer;
import io.ringfence.enforcer.lab.Policies;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Answers wait for whoever listens, and for nobody else.
class DnsWatchIT {
    private static final String NAME = "api.example.com";

    private Cable cable;
    private NameServer resolver;

    @BeforeEach
    void start() throws Exception {
        cable = Cable.lay();
        resolver = new NameServer(cable.far(), Cable.FAR);
        resolver.address(NAME, "10.99.0.5", 60);
        PolicySnapshot policy =
                Policies.policy(Policies.ALLOW).build().toBuilder()
                        .addNetworks(VisibleNetwork.newBuilder().addDomains(NAME))
                        .build();
        Bypass bypass = new Bypass(List.of(), List.of(), List.of(InetAddress.ofLiteral(Cable.FAR)));
        NftablesDataplane dataplane = new NftablesDataplane(new Generations());
        cable.near().run(() -> dataplane.apply(policy, bypass));
    }

    @AfterEach
    void stop() throws Exception {
        resolver.close();
        cable.close();
    }

    @Test
    void anAnswerWaitsForTheListener() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (DnsWatch watch =
                open(answers -> {
                    heard.countDown();
                    await(done);
                })) {
            Future<List<String>> asked = ask();
            assertThat(heard.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(asked.isDone()).isFalse();
            done.countDown();
            assertThat(asked.get(5, TimeUnit.SECONDS)).containsExactly("10.99.0.5");
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(watch.counts()).isEqualTo(new DnsCounts(1, 0, 0, 0)));
        }
    }

    @Test
    void aListenerThatFailsHoldsNothingUp() throws Exception {
        try (DnsWatch watch =
                open(answers -> {
                    throw new IllegalStateException("on purpose");
                })) {
            assertThat(ask().get(5, TimeUnit.SECONDS)).containsExactly("10.99.0.5");
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(watch.counts()).isEqualTo(new DnsCounts(1, 0, 0, 1)));
        }
    }

    @Test
    void withoutAListenerAnswersPass() throws Exception {
        assertThat(ask().get(5, TimeUnit.SECONDS)).containsExactly("10.99.0.5");
        open(answers -> {}).close();
        assertThat(ask().get(5, TimeUnit.SECONDS)).containsExactly("10.99.0.5");
    }

    @Test
    void oneListensAtATime() throws Exception {
        try (DnsWatch watch = open(answers -> {})) {
            assertThatThrownBy(() -> open(answers -> {}).close()).isInstanceOf(IOException.class);
            assertThat(ask().get(5, TimeUnit.SECONDS)).containsExactly("10.99.0.5");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(watch.counts().believed()).isEqualTo(1));
        }
    }

    @FunctionalInterface
    private interface Hearing {
        void hear(List<NameAnswer> answers);
    }

    private DnsWatch open(Hearing hearing) throws Exception {
        DnsListener listener =
                new DnsListener() {
                    @Override
                    public void answered(List<NameAnswer> answers) {
                        hearing.hear(answers);
                    }

                    @Override
                    public void waited() {}
                };
        return cable.near()
                .call(() ->
                        DnsWatch.open(
                                NftablesDataplane.DNS_LOG_GROUP,
                                NftablesDataplane.DNS_QUEUE,
                                listener));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody went on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Future<List<String>> ask() {
        return cable.near().start(() -> Lookup.addresses(NAME, Cable.FAR));
    }
}
