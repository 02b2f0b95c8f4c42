package io.ringfence.enforcer.agent;

import static io.ringfence.enforcer.lab.Cable.FAR;
import static io.ringfence.enforcer.lab.Cable.NEAR;
import static io.ringfence.enforcer.lab.Cable.OTHER;
import static io.ringfence.enforcer.lab.DomainPolicy.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.enforcer.dataplane.Bypass;
import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.dataplane.NftablesDataplane;
import io.ringfence.enforcer.lab.Cable;
import io.ringfence.enforcer.lab.DomainPolicy;
import io.ringfence.enforcer.lab.Lookup;
import io.ringfence.enforcer.lab.NameServer;
import io.ringfence.enforcer.lab.Tcp;
import io.ringfence.enforcer.observe.FlowKey;
import io.ringfence.enforcer.observe.FlowObserver;
import io.ringfence.enforcer.receive.CompletePolicy;
import io.ringfence.enforcer.state.StateFolder;
import io.ringfence.engine.Action;
import io.ringfence.engine.directory.TenantDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Domain entries on a real host: a compiled policy, the kernel, a DNS server on the wire, and
/// clients that ask it and connect.
class DomainsIT {
    private static final int PORT = 4800;
    private static final int LONG = 600;
    private static final Duration GRACE = Duration.ofSeconds(1);

    @TempDir private Path folder;
    private Cable cable;
    private NameServer resolver;
    private Generations generations;
    private NftablesDataplane dataplane;
    private Names names;
    private KernelPolicy kernel;
    private final List<ServerSocket> listening = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        cable = Cable.lay();
        resolver = new NameServer(cable.far(), FAR);
        listening.add(Tcp.listen(cable.far(), "::", PORT));
        startEnforcer();
    }

    private void startEnforcer() throws Exception {
        generations = new Generations();
        dataplane = new NftablesDataplane(generations);
        names = new Names(GRACE, StateFolder.open(folder));
        Bypass bypass = new Bypass(List.of(), List.of(), List.of(InetAddress.ofLiteral(FAR)));
        kernel = new KernelPolicy(dataplane, () -> bypass, names);
    }

    @AfterEach
    void stop() throws Exception {
        names.close();
        resolver.close();
        for (ServerSocket socket : listening) {
            socket.close();
        }
        cable.close();
    }

    @Test
    void aNameHasItsAddressFromTheAnswerToTheEndOfItsTime() throws Exception {
        enforce(policy().allowing("api.example.com"));
        resolver.address("api.example.com", "10.99.0.5", 1);
        assertThat(connects("10.99.0.5")).as("before anybody asked").isFalse();

        assertThat(ask("api.example.com")).containsExactly("10.99.0.5");
        long answered = System.nanoTime();
        assertThat(connects("10.99.0.5")).as("after the answer").isTrue();
        assertThat(connects("10.99.0.6")).as("another address").isFalse();

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !connects("10.99.0.5"));
        assertThat(Duration.ofNanos(System.nanoTime() - answered))
                .as("time to live and grace")
                .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));

        ask("api.example.com");
        assertThat(connects("10.99.0.5")).as("asked again").isTrue();
    }

    /// Whoever has the answer may connect at once: the answer waited for the kernel.
    @Test
    void anAnswerArrivesAfterItsAddress() throws Exception {
        enforce(policy().allowing("*.apps.example.com"));
        for (int host = 3; host <= 9; host++) {
            String address = "10.99.0." + host;
            String name = "n" + host + ".eu.apps.example.com";
            resolver.address(name, address, LONG);
            assertThat(
                            cable.near()
                                    .call(() -> {
                                        Lookup.addresses(name, FAR);
                                        return connectsHere(address);
                                    }))
                    .as(name)
                    .isTrue();
        }
        assertThat(names.gauges()).containsEntry("names_held", 7L).containsEntry("dns_failed", 0L);
    }

    @Test
    void aWildcardIsNotTheNameItselfAndANameNotWhatIsBelow() throws Exception {
        enforce(policy().allowing("*.apps.example.com", "api.example.com"));
        resolver.address("apps.example.com", "10.99.0.5", LONG);
        resolver.address("v2.api.example.com", "10.99.0.6", LONG);
        resolver.address("Api.Example.COM", "10.99.0.7", LONG);
        ask("apps.example.com");
        ask("v2.api.example.com");
        ask("aPI.example.com");
        assertThat(connects("10.99.0.5")).isFalse();
        assertThat(connects("10.99.0.6")).isFalse();
        assertThat(connects("10.99.0.7")).isTrue();
    }

    @Test
    void anAliasLeadsToTheAddress() throws Exception {
        enforce(policy().allowing("api.example.com"));
        resolver.alias("api.example.com", "edge.cdn.example.net", "10.99.0.5", LONG);
        ask("api.example.com");
        assertThat(connects("10.99.0.5")).isTrue();
    }

    @Test
    void onlyConfiguredResolversAreBelieved() throws Exception {
        enforce(policy().allowing("api.example.com"));
        try (NameServer stranger = new NameServer(cable.far(), OTHER)) {
            stranger.address("api.example.com", "10.99.0.5", LONG);
            assertThat(cable.near().call(() -> Lookup.addresses("api.example.com", OTHER)))
                    .containsExactly("10.99.0.5");
        }
        assertThat(connects("10.99.0.5")).isFalse();
    }

    @Test
    void onlyWhatWasAskedIsBelieved() throws Exception {
        enforce(policy().allowing("api.example.com"));
        resolver.address("api.example.com", "10.99.0.5", LONG);
        resolver.forge("api.example.com", "10.99.0.6", LONG);
        assertThat(ask("api.example.com")).containsExactly("10.99.0.5");
        assertThat(connects("10.99.0.5")).isTrue();
        assertThat(connects("10.99.0.6")).isFalse();
        await().untilAsserted(() ->
                assertThat(names.gauges())
                        .containsEntry("dns_unasked", 1L)
                        .containsEntry("dns_believed", 1L));
    }

    @Test
    void longAnswersComeOverTcpInParts() throws Exception {
        enforce(policy().allowing("many.example.com"));
        resolver.overTcpOnly();
        List<String> addresses = new ArrayList<>();
        for (int host = 1; host <= 200; host++) {
            addresses.add("10.98.0." + host);
        }
        addresses.add("10.99.0.9");
        resolver.addresses("many.example.com", addresses, LONG);
        assertThat(ask("many.example.com")).isEqualTo(addresses);
        assertThat(connects("10.99.0.9")).isTrue();
        assertThat(names.gauges()).containsEntry("names_held", 201L);
    }

    @Test
    void version6IsNoDifferent() throws Exception {
        enforce(policy().allowing("api.example.com"));
        resolver.address("api.example.com", "fd99::5", LONG);
        assertThat(connects("fd99::5")).isFalse();
        cable.near().call(() -> Lookup.addresses6("api.example.com", FAR));
        assertThat(connects("fd99::5")).isTrue();
    }

    /// What a name gives belongs to every network around it.
    @Test
    void overlapsMeetTheRulesOfAllNetworks() throws Exception {
        enforce(
                policy().allowing("api.example.com", "bad.example.com", "free.example.com")
                        .network("far", "10.99.0.4/30,!10.99.0.7")
                        .rule(Action.REJECT, "far")
                        .network("mixed", "10.99.0.8/31,!10.99.0.9,out.example.com")
                        .rule(Action.ALLOW, "mixed"));
        resolver.address("bad.example.com", "10.99.0.5", LONG);
        resolver.address("api.example.com", "10.99.0.7", LONG);
        resolver.address("out.example.com", "10.99.0.9", LONG);
        ask("bad.example.com");
        ask("api.example.com");
        ask("out.example.com");
        assertThat(connects("10.99.0.5")).as("rejected by the network around it").isFalse();
        assertThat(connects("10.99.0.7")).as("excluded there").isTrue();
        assertThat(connects("10.99.0.8")).isTrue();
        assertThat(connects("10.99.0.9")).as("an exclusion holds against a name").isFalse();
    }

    @Test
    void aProcessingUnitsAddressIsJudgedByItsTagsOnly() throws Exception {
        enforce(policy().allowing("api.example.com").unit("peer", "10.99.0.5"));
        resolver.address("api.example.com", "10.99.0.5", LONG);
        ask("api.example.com");
        assertThat(connects("10.99.0.5")).isFalse();
    }

    @Test
    void flowsNameTheNetworkOfTheName() throws Exception {
        List<FlowKey> flows = new CopyOnWriteArrayList<>();
        try (FlowObserver _ =
                cable.near()
                        .call(() -> FlowObserver.open(generations, (flow, _) -> flows.add(flow)))) {
            enforce(policy().allowing("api.example.com"));
            resolver.address("api.example.com", "10.99.0.5", LONG);
            assertThat(connects("10.99.0.5")).isFalse();
            await().until(() -> flows.stream().anyMatch(DomainsIT::isToTheService));
            ask("api.example.com");
            assertThat(connects("10.99.0.5")).isTrue();
            await().until(() -> flows.stream().filter(DomainsIT::isToTheService).count() == 2);
        }
        List<FlowKey> seen = flows.stream().filter(DomainsIT::isToTheService).toList();
        assertThat(seen)
                .extracting(flow -> flow.judgement().action(), flow -> flow.destination().id())
                .containsExactly(
                        tuple(FlowAction.REJECT, "somewhere"), tuple(FlowAction.ACCEPT, "named"));
        assertThat(seen.getLast().judgement().ruleName()).isEqualTo("named");
    }

    private static boolean isToTheService(FlowKey flow) {
        return flow.destinationPort() == PORT;
    }

    @Test
    void namesOutliveANewPolicyAndARestart() throws Exception {
        enforce(policy().allowing("api.example.com"));
        resolver.address("api.example.com", "10.99.0.5", LONG);
        ask("api.example.com");
        enforce(policy().allowing("api.example.com", "more.example.com"));
        assertThat(connects("10.99.0.5")).as("after a new policy").isTrue();

        names.keep();
        names.close();
        resolver.address("more.example.com", "10.99.0.6", LONG);
        assertThat(ask("more.example.com"))
                .as("DNS goes on without the enforcer")
                .containsExactly("10.99.0.6");
        assertThat(connects("10.99.0.5")).as("the rules stay").isTrue();
        assertThat(connects("10.99.0.6")).as("nobody heard that answer").isFalse();

        startEnforcer();
        enforce(policy().allowing("api.example.com", "more.example.com"));
        assertThat(connects("10.99.0.5")).as("after a restart").isTrue();
        ask("more.example.com");
        assertThat(connects("10.99.0.6")).isTrue();
    }

    @Test
    void whoHasNoDomainsHasNoneOfIt() throws Exception {
        String before = cable.near().command("nft list ruleset");
        enforce(policy().network("far", "10.99.0.4/30").rule(Action.ALLOW, "far"));
        assertThat(cable.near().command("nft list table inet ringfence")).doesNotContain("dns_");
        assertThat(names.gauges()).isEmpty();

        enforce(policy().allowing("api.example.com"));
        assertThat(cable.near().command("nft list table inet ringfence"))
                .contains("chain dns_answers", "chain dns_queries");
        enforce(policy().network("far", "10.99.0.4/30").rule(Action.ALLOW, "far"));
        assertThat(cable.near().command("nft list table inet ringfence")).doesNotContain("dns_");
        assertThat(connects("10.99.0.5")).isTrue();

        enforce(policy().allowing("api.example.com"));
        cable.near().run(dataplane::remove);
        assertThat(cable.near().command("nft list ruleset")).isEqualTo(before);
    }

    @Test
    void anAddressThatBecomesAUnitsIsJudgedAsItAtOnce() throws Exception {
        CompletePolicy before =
                policy().network("far", "10.99.0.4/30").rule(Action.ALLOW, "far").compile();
        enforce(before);
        assertThat(connects("10.99.0.5")).isTrue();
        String generation = generation();

        TenantDirectory directory = directory(before);
        enforce(with(before, directory.with(owner("10.99.9.9", "elsewhere"))));
        assertThat(generation()).as("nothing is judged differently").isEqualTo(generation);
        assertThat(connects("10.99.0.5")).isTrue();

        enforce(with(before, directory.with(owner("10.99.0.5", "newcomer"))));
        assertThat(generation()).isNotEqualTo(generation);
        assertThat(connects("10.99.0.5")).as("no rule is about the newcomer").isFalse();
        assertThat(connects("10.99.0.6")).as("its neighbour").isTrue();

        enforce(before);
        assertThat(connects("10.99.0.5")).as("the newcomer has gone").isTrue();
    }

    private static TenantDirectory directory(CompletePolicy policy) {
        return Objects.requireNonNull(policy.directories().get(DomainPolicy.TENANT));
    }

    private static CompletePolicy with(CompletePolicy policy, TenantDirectory directory) {
        return new CompletePolicy(policy.compiled(), Map.of(DomainPolicy.TENANT, directory));
    }

    private static PeerOwner owner(String address, String unitId) {
        return PeerOwner.newBuilder()
                .setAddress(ByteString.copyFrom(InetAddress.ofLiteral(address).getAddress()))
                .setProcessingUnitId(unitId)
                .build();
    }

    /// What the kernel says that it enforces, with its number.
    private String generation() throws Exception {
        return cable.near().command("nft list chain inet ringfence applied");
    }

    private void enforce(DomainPolicy policy) throws Exception {
        enforce(policy.compile());
    }

    private void enforce(CompletePolicy policy) throws Exception {
        assertThat(cable.near().call(() -> kernel.enforce(policy))).isEmpty();
    }

    private List<String> ask(String name) throws Exception {
        return cable.near().call(() -> Lookup.addresses(name, FAR));
    }

    private boolean connects(String address) throws Exception {
        return cable.near().call(() -> connectsHere(address));
    }

    private static boolean connectsHere(String address) throws IOException {
        String own = address.contains(":") ? Cable.NEAR6 : NEAR;
        try (Socket socket = Tcp.connectHere(own, 0, address, PORT)) {
            Tcp.reset(socket);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
