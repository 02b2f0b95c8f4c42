package io.ringfence.policy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.receipt.EnforcerReceipts;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final ConcernedEnforcer HERE =
            new ConcernedEnforcer("e1", "host-1", "/acme", false);
    private static final ConcernedEnforcer AWAY =
            new ConcernedEnforcer("e2", "host-2", "/acme", true);

    private final CurrentPolicies policies = new CurrentPolicies();
    private final CurrentDirectories directories = new CurrentDirectories();
    private final EnforcerReceipts receipts = new EnforcerReceipts();

    @Test
    void waitsForThePolicyThatStands() {
        compiled("e1", 5, 1_000);
        Delivery delivery = delivery(HERE);
        received("e1", 4, "", 900);
        assertThat(delivery.look()).isFalse();
        assertThat(delivery.standings()).containsEntry(HERE, new Standing.Pending(5));

        received("e1", 5, "", 1_018);
        assertThat(delivery.look()).isTrue();
        assertThat(delivery.standings())
                .containsEntry(HERE, new Standing.Enforced(Optional.of(Duration.ofMillis(18))));
    }

    @Test
    void waitsForAnEnforcerWithoutAPolicy() {
        assertThat(delivery(HERE).look()).isFalse();
    }

    @Test
    void isContentWithAnyPolicySinceThenThoughItNeverRests() {
        compiled("e1", 5, 1_000);
        Delivery delivery = delivery(HERE);
        assertThat(delivery.look()).isFalse();
        compiled("e1", 6, 2_000);
        assertThat(delivery.look()).isFalse();
        compiled("e1", 7, 3_000);
        received("e1", 6, "", 2_100);
        assertThat(delivery.look()).isTrue();
        assertThat(delivery.standings())
                .containsEntry(HERE, new Standing.Enforced(Optional.of(Duration.ofMillis(100))));
    }

    @Test
    void tellsWhoRefused() {
        compiled("e1", 5, 1_000);
        received("e1", 5, "no room", 1_018);
        Delivery delivery = delivery(HERE);
        assertThat(delivery.look()).isTrue();
        assertThat(delivery.standings()).containsEntry(HERE, new Standing.Refused(5, "no room"));
    }

    @Test
    void doesNotWaitForWhoIsAwayUnlessItAnswered() {
        compiled("e2", 5, 1_000);
        Delivery delivery = delivery(AWAY);
        assertThat(delivery.look()).isTrue();
        assertThat(delivery.standings()).containsEntry(AWAY, new Standing.Unreachable(5));

        received("e2", 5, "", 1_018);
        delivery.look();
        assertThat(delivery.standings().get(AWAY)).isInstanceOf(Standing.Enforced.class);
    }

    @Test
    void waitsForTheDirectoryThatStood() {
        directory(7, "10.0.0.1");
        compiled("e1", 5, 1_000, "acme");
        Delivery delivery = delivery(HERE);
        received("e1", 5, "", 1_018);
        assertThat(delivery.look()).isFalse();
        readWith(6, "10.0.0.9");
        assertThat(delivery.look()).isFalse();
        directory(8, "10.0.0.2");
        readWith(7, "10.0.0.1");
        assertThat(delivery.look()).isTrue();
    }

    @Test
    void isContentWithAnEqualDirectoryOfAnotherNumber() {
        directory(7, "10.0.0.1");
        compiled("e1", 5, 1_000, "acme");
        readWith(6, "10.0.0.1");
        assertThat(delivery(HERE).look()).isTrue();
    }

    private Delivery delivery(ConcernedEnforcer enforcer) {
        return new Delivery(List.of(enforcer), policies, directories, receipts);
    }

    private void directory(long version, String address) {
        directories.put(
                "acme", new CurrentDirectories.Edition(directoryOf(address), version, version));
    }

    private static TenantDirectory directoryOf(String address) {
        return TenantDirectory.of(
                List.of(
                        PeerOwner.newBuilder()
                                .setAddress(
                                        ByteString.copyFrom(
                                                InetAddress.ofLiteral(address).getAddress()))
                                .build()));
    }

    private void readWith(long version, String address) {
        receipts.heard(
                EnforcerReceipt.newBuilder()
                        .setEnforcerId("e1")
                        .setReceipt(
                                PolicyReceipt.newBuilder()
                                        .setVersion(5)
                                        .setDigest(digest(5))
                                        .addDirectories(
                                                HeldDirectory.newBuilder()
                                                        .setTenant("acme")
                                                        .setVersion(version)
                                                        .setDigest(directoryOf(address).digest())))
                        .build());
    }

    private void compiled(String enforcerId, long version, long at, String... tenants) {
        policies.put(
                PolicySnapshot.newBuilder()
                        .setEnforcerId(enforcerId)
                        .setVersion(version)
                        .setDigest(digest(version))
                        .setCompiledAtMs(at)
                        .addAllTenants(List.of(tenants))
                        .build());
    }

    private void received(String enforcerId, long version, String error, long at) {
        receipts.heard(
                EnforcerReceipt.newBuilder()
                        .setEnforcerId(enforcerId)
                        .setReceipt(
                                PolicyReceipt.newBuilder()
                                        .setVersion(version)
                                        .setDigest(digest(version))
                                        .setError(error))
                        .setReceivedAtMs(at)
                        .build());
    }

    private static ByteString digest(long version) {
        return ByteString.copyFromUtf8("digest " + version);
    }
}
