package io.ringfence.enforcer.dataplane;

import static io.ringfence.enforcer.lab.Cable.FAR;
import static io.ringfence.enforcer.lab.Cable.FAR6;
import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Cable.NEAR6;
import static io.ringfence.enforcer.lab.Cable.OTHER;
import static io.ringfence.enforcer.lab.Policies.ALLOW;
import static io.ringfence.enforcer.lab.Policies.DENY;
import static io.ringfence.enforcer.lab.Policies.TCP;
import static io.ringfence.enforcer.lab.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.Host;
import io.ringfence.enforcer.lab.Policies;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.lab.TestEnforcer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a connection that was allowed when it was opened (DESIGN §4, 8).
class OpenConnectionsIT {
    private static final int PORT = 4100;

    private Cable cable;
    private TestEnforcer enforcer;

    @BeforeEach
    void allowEverything() throws Exception {
        cable = Cable.lay();
        enforcer = new TestEnforcer(cable.near());
        enforcer.apply(policy(ALLOW));
    }

    @AfterEach
    void takeDown() throws Exception {
        enforcer.close();
        cable.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "incoming over IPv4, false, " + FAR + ", " + NEAR,
        "incoming over IPv6, false, " + FAR6 + ", " + NEAR6,
        "outgoing over IPv4, true, " + NEAR + ", " + FAR,
        "outgoing over IPv6, true, " + NEAR6 + ", " + FAR6,
    })
    void bothEndsNoticeThoughNeitherSends(String name, boolean outgoing, String from, String to)
            throws Exception {
        try (Tcp.Pair pair = open(outgoing, from, to)) {
            Future<Long> client = timeOfBreak(cable.near(), pair.client());
            Future<Long> server = timeOfBreak(cable.far(), pair.server());
            Applied applied = enforcer.apply(rejecting(outgoing, outgoing ? to : from));
            assertThat(applied.cutSockets()).isEqualTo(1);
            long latest = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            assertThat(client.get(5, TimeUnit.SECONDS) - latest).isNegative();
            assertThat(server.get(5, TimeUnit.SECONDS) - latest).isNegative();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "opened by the other and pushed from here, false, true",
        "opened by the other which sends, false, false",
        "opened from here and sending, true, true",
        "opened from here and pushed by the other, true, false",
    })
    void rulesAloneResetWhoeverSends(String name, boolean outgoing, boolean nearSends)
            throws Exception {
        String peer = FAR;
        try (Tcp.Pair pair = outgoing ? open(true, NEAR, peer) : open(false, peer, NEAR)) {
            Socket near = outgoing ? pair.client() : pair.server();
            Socket far = outgoing ? pair.server() : pair.client();
            Socket sender = nearSends ? near : far;
            (nearSends ? far : near).setReceiveBufferSize(1 << 20);
            sender.getOutputStream().write(1);
            assertThat((nearSends ? far : near).getInputStream().read()).isEqualTo(1);
            replaceRulesOnly(rejecting(outgoing, peer).build());
            long start = System.nanoTime();
            assertThat(fails(sender)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(1));
            assertThat(enforcer.counters().cut()).isPositive();
        }
    }

    @Test
    void allowedOnesSurvive() throws Exception {
        try (Tcp.Pair kept = open(false, FAR, NEAR);
                Tcp.Pair cut = open(false, OTHER, NEAR);
                Tcp.Pair opened = open(true, NEAR, FAR)) {
            Applied applied =
                    enforcer.apply(
                            policy(DENY)
                                    .incoming(FAR, TCP, PORT, ALLOW)
                                    .outgoing(FAR, TCP, PORT, ALLOW));
            assertThat(applied.cutSockets()).isEqualTo(1);
            exchange(kept);
            exchange(opened);
            assertThat(fails(cut.client())).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"each looked up, 9", "found in one walk, 0"})
    void howTheyAreFoundMakesNoDifference(String name, int lookedUp) throws Exception {
        PolicySnapshot policy =
                policy(DENY)
                        .incoming(FAR, TCP, PORT, ALLOW)
                        .outgoing(FAR, TCP, PORT, ALLOW)
                        .build();
        try (Tcp.Pair kept = open(false, FAR, NEAR);
                Tcp.Pair opened = open(true, NEAR, FAR);
                Tcp.Pair accepted = open(false, OTHER, NEAR);
                Tcp.Pair overIpv6 = open(true, NEAR6, FAR6);
                OpenConnections connections = new OpenConnections(lookedUp)) {
            int cut = cable.near().call(() -> connections.cutRejected(policy, Bypass.NONE));
            assertThat(cut).isEqualTo(2);
            exchange(kept);
            exchange(opened);
            assertThat(fails(accepted.client())).isTrue();
            assertThat(fails(overIpv6.client())).isTrue();
        }
    }

    @Test
    void oldNumbersAreFreedLongBeforeTheyComeAroundAgain() throws Exception {
        int soon = 2 + NftablesDataplane.FREED_AT_ONCE;
        replaceRulesOnly(policy(ALLOW).build(), soon);
        try (Tcp.Pair kept = open(false, FAR, NEAR)) {
            for (int applied = 1; applied < NftablesDataplane.FREED_AT_ONCE; applied++) {
                assertThat(mark(PORT)).isEqualTo(soon << 24);
                enforcer.apply(policy(ALLOW));
            }
            assertThat(mark(PORT)).isZero();
            exchange(kept);
        }
    }

    @Test
    void aNumberThatComesAroundAgainIsNotMistaken() throws Exception {
        try (Tcp.Pair kept = open(false, FAR, NEAR)) {
            exchange(kept);
            assertThat(mark(PORT)).isEqualTo(1 << 24);
            replaceRulesOnly(policy(ALLOW).build(), Generations.HIGHEST - 1);
            NftablesDataplane later = new NftablesDataplane(new Generations());
            Applied applied =
                    cable.near().call(() -> later.apply(policy(ALLOW).build(), Bypass.NONE));
            assertThat(applied.generation()).isEqualTo(Generations.HIGHEST);
            assertThat(mark(PORT)).isZero();
            exchange(kept);
            assertThat(mark(PORT)).isEqualTo(Generations.HIGHEST << 24);
        }
    }

    @Test
    void forgottenByConnectionTrackingIsJudgedBothWays() throws Exception {
        try (Tcp.Pair pushed = open(false, FAR, NEAR)) {
            cable.near().command("conntrack -F");
            pushed.server().getOutputStream().write(7);
            assertThat(pushed.client().getInputStream().read()).isEqualTo(7);
            enforcer.apply(policy(ALLOW, DENY).incoming(FAR, TCP, PORT, ALLOW));
            exchange(pushed);
            replaceRulesOnly(
                    policy(DENY, ALLOW)
                            .outgoing(FAR, TCP, PORT, ALLOW)
                            .incoming(FAR, TCP, PORT, DENY)
                            .build());
            assertThat(fails(pushed.server())).isTrue();
        }
    }

    @Test
    void olderThanTheFirstPolicyIsJudgedBothWays() throws Exception {
        try (Cable fresh = Cable.lay();
                TestEnforcer first = new TestEnforcer(fresh.near());
                Tcp.Pair kept = Tcp.open(fresh.near(), NEAR, fresh.far(), FAR, PORT);
                Tcp.Pair cut = Tcp.open(fresh.near(), NEAR, fresh.far(), OTHER, PORT)) {
            Applied applied = first.apply(policy(DENY).outgoing(FAR, TCP, PORT, ALLOW));
            assertThat(applied.cutSockets()).isEqualTo(1);
            exchange(kept);
            assertThat(fails(cut.server())).isTrue();
        }
    }

    @Test
    void loopbackIsLeftAlone() throws Exception {
        try (Tcp.Pair own = Tcp.open(cable.near(), NEAR, cable.near(), NEAR, PORT);
                Tcp.Pair loop =
                        Tcp.open(cable.near(), "127.0.0.1", cable.near(), "127.0.0.1", PORT)) {
            assertThat(enforcer.apply(policy(DENY)).cutSockets()).isZero();
            exchange(own);
            exchange(loop);
        }
    }

    private Tcp.Pair open(boolean outgoing, String from, String to) throws Exception {
        Host client = outgoing ? cable.near() : cable.far();
        Host server = outgoing ? cable.far() : cable.near();
        return Tcp.open(client, from, server, to, PORT);
    }

    private static Policies rejecting(boolean outgoing, String peer) {
        return outgoing
                ? policy(ALLOW).outgoing(peer, TCP, PORT, DENY)
                : policy(ALLOW).incoming(peer, TCP, PORT, DENY);
    }

    private int mark(int port) throws Exception {
        String listed = cable.near().command("conntrack -L -p tcp --dport " + port);
        Matcher matcher = Pattern.compile("mark=([0-9]+)").matcher(listed);
        assertThat(matcher.find()).as(listed).isTrue();
        return Integer.parseUnsignedInt(matcher.group(1));
    }

    /// As `apply`, but nothing walks the open sockets.
    private void replaceRulesOnly(PolicySnapshot policy) throws Exception {
        int current = cable.near().call(() -> KernelTable.read().orElseThrow().generation());
        replaceRulesOnly(policy, Generations.after(current));
    }

    private void replaceRulesOnly(PolicySnapshot policy, int generation) throws Exception {
        cable.near()
                .run(() -> {
                    KernelTable previous = KernelTable.read().orElseThrow();
                    KernelTable next =
                            new KernelTable(
                                    previous.tableId(),
                                    generation,
                                    new GenerationNames(generation),
                                    "",
                                    List.of(),
                                    List.of(),
                                    previous.parts(),
                                    false);
                    Nft.Answer answer =
                            Nft.apply(
                                    RulesetText.render(previous, next, policy, Bypass.NONE)
                                            .toString());
                    assertThat(answer.succeeded()).as(answer.reason()).isTrue();
                });
    }

    private static void exchange(Tcp.Pair pair) throws IOException {
        pair.client().setSoTimeout(2_000);
        pair.server().setSoTimeout(2_000);
        pair.client().getOutputStream().write(1);
        assertThat(pair.server().getInputStream().read()).isEqualTo(1);
        pair.server().getOutputStream().write(2);
        assertThat(pair.client().getInputStream().read()).isEqualTo(2);
    }

    private static Future<Long> timeOfBreak(Host host, Socket socket) {
        long start = System.nanoTime();
        return host.start(() -> {
            try {
                int read = socket.getInputStream().read();
                throw new AssertionError("read " + read + " instead of an error");
            } catch (SocketException broken) {
                return System.nanoTime();
            }
        });
    }

    /// Writes until the connection breaks.
    private static boolean fails(Socket socket) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    try {
                        socket.getOutputStream().write(1);
                        return false;
                    } catch (SocketTimeoutException e) {
                        return false;
                    } catch (IOException broken) {
                        return true;
                    }
                });
        return true;
    }
}
