package io.ringfence.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicyEdition;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.Installation;
import io.ringfence.testkit.domain.TestEnforcer;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class EnforcerStreamIT {
    private static final int PATIENCE_SECONDS = 20;

    private final Installation installation = TestInstallation.get().installation();
    private final ConsoleState console = new ConsoleState();
    private final String id =
            "%08x%016x"
                    .formatted(
                            ThreadLocalRandom.current().nextInt(),
                            ThreadLocalRandom.current().nextLong());
    private final String tenant = "tenant-" + id;
    private final String snapshotPath = "/internal/policysnapshots/" + id;
    private final String editionPath = "/internal/policyeditions/" + id;
    private static final String DIRECTORY_PATH = "/internal/peerdirectory";
    private static TestBackend policy;

    @BeforeAll
    static void startService() {
        policy = TestBackend.standingFor(Principal.POLICY_SERVICE);
    }

    @AfterAll
    static void stopService() {
        policy.close();
    }

    @BeforeEach
    void makeNamespace() {
        policy.received.clear();
        console.namespace("/acme");
        console.namespace("/acme/shop");
    }

    @Test
    void sendsTheSnapshotThenChangesAndPassesReceiptsOn() throws Exception {
        policy.answering(snapshotPath, 200, signed(5).toByteArray());
        StreamClient enforcer = connect();
        enforcer.send(hello(0, ""));

        assertThat(enforcer.next()).isEqualTo(signed(5));

        console.policy(id, signed(6).toByteArray());
        assertThat(enforcer.next()).isEqualTo(signed(6));

        PolicyReceipt receipt = PolicyReceipt.newBuilder().setVersion(6).build();
        enforcer.send(FromEnforcer.newBuilder().setReceipt(receipt).build());
        awaitReceipt(receipt);
        assertThat(policy.received)
                .allSatisfy(request ->
                        assertThat(request.assertion().caller().tags())
                                .contains("@auth:enforcerid=" + id));
    }

    @Test
    void passesDeltasOnAndFetchesTheWholeWhereTheyDoNotFit() throws Exception {
        policy.answering(snapshotPath, 200, signed(5).toByteArray());
        StreamClient enforcer = connect();
        enforcer.send(hello(0, ""));
        assertThat(enforcer.next()).isEqualTo(signed(5));

        console.policy(id, delta(5, 6).toByteArray());
        console.policy(id, delta(6, 7).toByteArray());
        assertThat(enforcer.next()).isEqualTo(delta(5, 6));
        assertThat(enforcer.next()).isEqualTo(delta(6, 7));

        policy.answering(snapshotPath, 200, signed(9).toByteArray());
        console.policy(id, delta(8, 9).toByteArray());
        assertThat(enforcer.next()).isEqualTo(signed(9));
        console.policy(id, delta(9, 10).toByteArray());
        assertThat(enforcer.next()).isEqualTo(delta(9, 10));
    }

    @Test
    void sendsNothingThatTheEnforcerHasNorAnythingOlder() throws Exception {
        standing(5);
        StreamClient enforcer = connect();
        enforcer.send(hello(5, "digest 5"));
        awaitReceived(editionPath, 1);

        console.policy(id, signed(4).toByteArray());
        console.policy(id, signed(7).toByteArray());

        assertThat(enforcer.next()).isEqualTo(signed(7));
        assertThat(enforcer.policies).isEmpty();
    }

    @Test
    void leadsWhoComesBackOnFromThePolicyItHolds() throws Exception {
        standing(5);
        StreamClient before = connect();
        before.send(hello(5, "digest 5"));
        awaitReceived(editionPath, 1);
        console.policy(id, delta(5, 6).toByteArray());
        assertThat(before.next()).isEqualTo(delta(5, 6));
        before.socket().abort();
        console.policy(id, delta(6, 7).toByteArray());
        standing(7);

        StreamClient enforcer = connect();
        enforcer.send(hello(5, "digest 5"));
        assertThat(enforcer.next()).isEqualTo(delta(5, 6));
        assertThat(enforcer.next()).isEqualTo(delta(6, 7));
        console.policy(id, delta(7, 8).toByteArray());
        assertThat(enforcer.next()).isEqualTo(delta(7, 8));
        assertThat(policy.received)
                .noneMatch(request -> request.pathAndQuery().equals(snapshotPath));
    }

    @Test
    void sendsTheWholeToWhoHoldsAPolicyFromWhichNothingIsKnownToLeadOn() throws Exception {
        standing(7);
        StreamClient enforcer = connect();
        enforcer.send(hello(3, "digest 3"));
        assertThat(enforcer.next()).isEqualTo(signed(7));
        console.policy(id, delta(7, 8).toByteArray());
        assertThat(enforcer.next()).isEqualTo(delta(7, 8));

        // Policy-service has got further than what was heard of it here.
        standing(9);
        StreamClient later = connect();
        later.send(hello(7, "digest 7"));
        assertThat(later.next()).isEqualTo(signed(9));
    }

    @Test
    void passesOnWhatAnEnforcerHoldsThoughItsReceiptWasLost() throws Exception {
        standing(5);
        StreamClient enforcer = connect();
        enforcer.send(hello(5, "digest 5"));
        awaitReceipt(
                PolicyReceipt.newBuilder()
                        .setVersion(5)
                        .setDigest(ByteString.copyFromUtf8("digest 5"))
                        .setHeld(true)
                        .build());
    }

    @Test
    void keepsAskingUntilThereIsASnapshot() throws Exception {
        policy.answering(snapshotPath, 404, new byte[0]);
        StreamClient enforcer = connect();
        enforcer.send(hello(0, ""));
        awaitReceived(snapshotPath, 2);

        policy.answering(snapshotPath, 200, signed(1).toByteArray());

        assertThat(enforcer.next()).isEqualTo(signed(1));
    }

    @Test
    void keepsOneStreamPerEnforcer() throws Exception {
        policy.answering(snapshotPath, 200, signed(1).toByteArray());
        StreamClient first = connect();
        StreamClient second = connect();

        assertThat(first.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1001);
        second.send(hello(0, ""));
        assertThat(second.next()).isEqualTo(signed(1));
    }

    @Test
    void closesTheStreamOfWhoTalksNonsense() throws Exception {
        StreamClient enforcer = connect();

        enforcer.socket().sendBinary(ByteBuffer.wrap(new byte[] {9, 9, 9}), true).join();

        assertThat(enforcer.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1007);
    }

    @Test
    void cutsTheStreamOfWhoIsRevokedAndTakesNoOther() throws Exception {
        StreamClient enforcer = connect();

        console.revokedEnforcer("/acme/shop", id);

        assertThat(enforcer.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThatThrownBy(this::connect)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }

    @Test
    void refusesWhoHasNoEnforcersCertificate() {
        SSLContext nobody =
                TlsContexts.trusting(Pem.readCertificate(installation.folder().authority()));
        SSLContext insider =
                TlsContexts.of(
                        installation.folder().authority(),
                        installation.folder().certificate("policy-service"),
                        installation.folder().key("policy-service"));

        assertThatThrownBy(() -> connect(nobody)).isInstanceOf(CompletionException.class);
        assertThatThrownBy(() -> connect(insider)).isInstanceOf(CompletionException.class);
    }

    @Test
    void sendsTheDirectoryOfThePolicysTenantAndThenWhatChanges() throws Exception {
        policy.answering(snapshotPath, 200, signed(5, tenant).toByteArray());
        policy.answering(DIRECTORY_PATH, 200, directory(7, "", "a").toByteArray());
        StreamClient enforcer = connect();
        enforcer.send(hello(0, ""));

        assertThat(enforcer.next()).isEqualTo(signed(5, tenant));
        assertThat(enforcer.nextDirectory()).isEqualTo(directory(7, "", "a"));

        change(8, "a", "b");
        change(9, "b", "c");
        assertThat(enforcer.nextDirectory()).isEqualTo(directory(8, "a", "b"));
        assertThat(enforcer.nextDirectory()).isEqualTo(directory(9, "b", "c"));
    }

    @Test
    void leadsOnFromWhatTheEnforcerHolds() throws Exception {
        standing(5, tenant);
        policy.answering(DIRECTORY_PATH, 200, directory(7, "", "a").toByteArray());
        StreamClient before = connect();
        before.send(hello(0, ""));
        before.nextDirectory();
        change(8, "a", "b");
        change(9, "b", "c");
        before.nextDirectory();
        before.nextDirectory();

        StreamClient enforcer = connect();
        enforcer.send(hello(5, "digest 5", "b"));
        assertThat(enforcer.nextDirectory()).isEqualTo(directory(9, "b", "c"));

        StreamClient upToDate = connect();
        upToDate.send(hello(5, "digest 5", "c"));
        change(10, "c", "d");
        assertThat(upToDate.nextDirectory()).isEqualTo(directory(10, "c", "d"));
    }

    @Test
    void sendsAllOfItToWhoCannotFollow() throws Exception {
        standing(5, tenant);
        policy.answering(DIRECTORY_PATH, 200, directory(7, "", "a").toByteArray());
        StreamClient enforcer = connect();
        enforcer.send(hello(5, "digest 5", "unheard of"));
        assertThat(enforcer.nextDirectory()).isEqualTo(directory(7, "", "a"));

        policy.answering(DIRECTORY_PATH, 200, directory(10, "", "d").toByteArray());
        change(10, "c", "d");
        assertThat(enforcer.nextDirectory()).isEqualTo(directory(10, "", "d"));
    }

    @Test
    void asksWhatStandsWhenPolicyServiceWasAway() throws Exception {
        standing(5, tenant);
        policy.answering(DIRECTORY_PATH, 200, directory(7, "", "a").toByteArray());
        StreamClient enforcer = connect();
        enforcer.send(hello(5, "digest 5", "a"));
        awaitReceived(DIRECTORY_PATH, 1);

        change(8, "a", "a");
        policy.answering(DIRECTORY_PATH, 200, directory(9, "", "b").toByteArray());
        change(9, "b", "b");
        assertThat(enforcer.nextDirectory()).isEqualTo(directory(9, "", "b"));
        assertThat(enforcer.directories).isEmpty();
    }

    /// What policy-service says, whichever way it is asked.
    private void standing(long version, String... tenants) {
        PolicyEdition edition =
                PolicyEdition.newBuilder()
                        .setVersion(version)
                        .setDigest(ByteString.copyFromUtf8("digest " + version))
                        .addAllTenants(List.of(tenants))
                        .build();
        policy.answering(editionPath, 200, edition.toByteArray());
        policy.answering(snapshotPath, 200, signed(version, tenants).toByteArray());
    }

    private void change(long version, String from, String to) {
        console.directory(tenant, directory(version, from, to).toByteArray());
    }

    private SignedDirectory directory(long version, String from, String to) {
        PeerDirectory directory =
                PeerDirectory.newBuilder()
                        .setTenant(tenant)
                        .setVersion(version)
                        .setBaseDigest(ByteString.copyFromUtf8(from))
                        .setDigest(ByteString.copyFromUtf8(to))
                        .build();
        return SignedDirectory.newBuilder().setContent(directory.toByteString()).build();
    }

    private void awaitReceived(String path, int times) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() ->
                        policy.received.stream()
                                        .filter(each -> each.pathAndQuery().equals(path))
                                        .count()
                                >= times);
    }

    private void awaitReceipt(PolicyReceipt receipt) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() ->
                        policy.received.stream()
                                .anyMatch(r ->
                                        r.pathAndQuery().equals("/internal/policyreceipts/" + id)
                                                && java.util.Arrays.equals(
                                                        r.body(), receipt.toByteArray())));
    }

    private StreamClient connect() {
        TestEnforcer enforcer = TestEnforcer.enroll(installation, id, "/acme/shop");
        return connect(
                TlsContexts.of(
                        Pem.readCertificate(installation.folder().authority()),
                        enforcer.identity()));
    }

    private StreamClient connect(SSLContext tls) {
        return StreamClient.connect(installation, tls);
    }

    private SignedPolicy delta(long from, long to) {
        PolicyDelta delta =
                PolicyDelta.newBuilder()
                        .setEnforcerId(id)
                        .setVersion(to)
                        .setBaseDigest(ByteString.copyFromUtf8("digest " + from))
                        .setDigest(ByteString.copyFromUtf8("digest " + to))
                        .build();
        return SignedPolicy.newBuilder().setContent(delta.toByteString()).setIsDelta(true).build();
    }

    private SignedPolicy signed(long version, String... tenants) {
        PolicySnapshot snapshot =
                PolicySnapshot.newBuilder()
                        .addAllTenants(List.of(tenants))
                        .setEnforcerId(id)
                        .setVersion(version)
                        .setDigest(ByteString.copyFromUtf8("digest " + version))
                        .build();
        return SignedPolicy.newBuilder().setContent(snapshot.toByteString()).build();
    }

    private static FromEnforcer hello(long version, String digest) {
        return FromEnforcer.newBuilder()
                .setHello(
                        EnforcerHello.newBuilder()
                                .setVersion(version)
                                .setDigest(ByteString.copyFromUtf8(digest)))
                .build();
    }

    private FromEnforcer hello(long version, String digest, String directoryDigest) {
        FromEnforcer.Builder hello = hello(version, digest).toBuilder();
        hello.getHelloBuilder()
                .addDirectories(
                        HeldDirectory.newBuilder()
                                .setTenant(tenant)
                                .setDigest(ByteString.copyFromUtf8(directoryDigest)));
        return hello.build();
    }
}
