package io.ringfence.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.policy.ToEnforcer;
import io.ringfence.gateway.consume.UnreadableRecord;
import io.ringfence.gateway.stream.PolicyOutbox.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class PolicyOutboxTest {
    private final PolicyOutbox outbox = new PolicyOutbox();

    @Test
    void handsOutWhatIsOffered() {
        assertThat(outbox.offer(version(7))).isEqualTo(Offer.QUEUED);

        assertThat(outbox.take()).map(PolicyUpdate::version).contains(7L);
        assertThat(outbox.take()).isEmpty();
    }

    @Test
    void knowsWhetherSomethingWasOffered() {
        assertThat(outbox.offer(delta(7, 8, 10))).isEqualTo(Offer.GAP);
        assertThat(outbox.isUntouched()).isTrue();
        outbox.offer(version(8));
        outbox.take();
        assertThat(outbox.isUntouched()).isFalse();
    }

    @Test
    void keepsOnlyTheNewest() {
        outbox.offer(version(7));

        assertThat(outbox.offer(version(8))).isEqualTo(Offer.REPLACED);
        assertThat(outbox.take()).map(PolicyUpdate::version).contains(8L);
        assertThat(outbox.take()).isEmpty();
    }

    @Test
    void refusesASnapshotThatADeltaHasOvertaken() {
        outbox.offer(version(8));
        outbox.take();

        assertThat(outbox.offer(version(7))).isEqualTo(Offer.STALE);
        assertThat(outbox.offer(version(8))).isEqualTo(Offer.STALE);
        assertThat(outbox.take()).isEmpty();
    }

    @Test
    void sendsNothingThatIsThereAlready() {
        outbox.offer(version(7));
        has(7);

        assertThat(outbox.take()).isEmpty();
        assertThat(outbox.offer(version(7))).isEqualTo(Offer.STALE);
        assertThat(outbox.offer(version(8))).isEqualTo(Offer.QUEUED);
    }

    @Test
    void keepsADeltaNewerThanWhatIsThere() {
        outbox.offer(version(8));
        has(7);

        assertThat(outbox.take()).map(PolicyUpdate::version).contains(8L);
    }

    @Test
    void neverGoesBackAndEndsWithTheNewest() {
        Random random = new Random(42);
        List<Long> sent = new ArrayList<>();
        long newest = -1;
        for (int step = 0; step < 10_000; step++) {
            long offered = random.nextLong(step + 1);
            newest = Math.max(newest, offered);
            outbox.offer(version(offered));
            if (random.nextInt(3) == 0) {
                outbox.take().map(PolicyUpdate::version).ifPresent(sent::add);
            }
        }
        outbox.take().map(PolicyUpdate::version).ifPresent(sent::add);

        assertThat(sent).isSorted().doesNotHaveDuplicates();
        assertThat(sent.getLast()).isEqualTo(newest);
    }

    @Test
    void readsWhoseAndWhichWithoutTheRest() throws Exception {
        PolicySnapshot snapshot =
                PolicySnapshot.newBuilder()
                        .setConsoleId("console")
                        .setEnforcerId("0123456789abcdef01234567")
                        .setVersion(42)
                        .setDigest(ByteString.copyFromUtf8("digest"))
                        .addText("")
                        .build();
        SignedPolicy signed = SignedPolicy.newBuilder().setContent(snapshot.toByteString()).build();

        PolicyUpdate update = PolicyUpdate.of(signed.toByteArray());

        assertThat(update.enforcerId()).isEqualTo("0123456789abcdef01234567");
        assertThat(update.version()).isEqualTo(42);
        assertThat(update.digest()).isEqualTo(ByteString.copyFromUtf8("digest"));
        assertThat(ToEnforcer.parseFrom(update.frame()).getPolicy()).isEqualTo(signed);
    }

    @Test
    void refusesWhatIsNoPolicy() {
        Assertions.assertThatThrownBy(() -> PolicyUpdate.of(new byte[] {9, 9, 9}))
                .isInstanceOf(UnreadableRecord.class);
    }

    @Test
    void deltasLeadOnFromWhatWasSentOrIsThere() {
        has(7);
        assertThat(outbox.offer(delta(7, 8, 10))).isEqualTo(Offer.QUEUED);
        assertThat(outbox.offer(delta(8, 9, 10))).isEqualTo(Offer.QUEUED);
        assertThat(outbox.offer(delta(8, 9, 10))).isEqualTo(Offer.STALE);
        assertThat(outbox.take()).contains(delta(7, 8, 10));
        assertThat(outbox.take()).contains(delta(8, 9, 10));
        assertThat(outbox.offer(delta(9, 10, 10))).isEqualTo(Offer.QUEUED);
    }

    @Test
    void aDeltaThatLeadsOnFromSomethingElseIsAGap() {
        assertThat(outbox.offer(delta(7, 8, 10))).as("nothing is there").isEqualTo(Offer.GAP);
        outbox.offer(version(7));
        assertThat(outbox.offer(delta(8, 9, 10))).isEqualTo(Offer.GAP);
        assertThat(outbox.offer(delta(7, 8, 10))).isEqualTo(Offer.QUEUED);
        assertThat(outbox.offer(version(9))).isEqualTo(Offer.REPLACED);
        assertThat(outbox.take()).contains(version(9));
        assertThat(outbox.take()).isEmpty();
    }

    @Test
    void theSamePolicyByAnotherNumberIsNoNews() {
        has(7);
        outbox.offer(delta(7, 8, 10));
        PolicyUpdate other =
                new PolicyUpdate(
                        new PolicyHeader("enforcer", 12, digest(7), digest(8), List.of()),
                        new byte[10]);
        assertThat(outbox.offer(other)).isEqualTo(Offer.STALE);
    }

    @Test
    void whoReadsSlowlyGetsTheWholeInsteadOfAHeapOfDeltas() {
        has(0);
        int size = PolicyOutbox.WAITING_DELTA_BYTES / 4;
        for (int number = 0; number < 4; number++) {
            assertThat(outbox.offer(delta(number, number + 1, size))).isEqualTo(Offer.QUEUED);
        }
        assertThat(outbox.offer(delta(4, 5, size))).isEqualTo(Offer.GAP);
        assertThat(outbox.take()).isEmpty();
        assertThat(outbox.offer(version(5))).isEqualTo(Offer.QUEUED);
        assertThat(outbox.offer(delta(5, 6, size))).isEqualTo(Offer.QUEUED);
    }

    @Test
    void readsWhatADeltaLeadsOnFrom() {
        PolicyDelta delta =
                PolicyDelta.newBuilder()
                        .setEnforcerId("0123456789abcdef01234567")
                        .setVersion(42)
                        .setDigest(digest(42))
                        .setBaseDigest(digest(41))
                        .build();
        PolicyUpdate update =
                PolicyUpdate.of(
                        SignedPolicy.newBuilder()
                                .setContent(delta.toByteString())
                                .setIsDelta(true)
                                .build()
                                .toByteArray());
        assertThat(update.header())
                .isEqualTo(
                        new PolicyHeader(
                                "0123456789abcdef01234567", 42, digest(41), digest(42), List.of()));
        assertThat(update.isWhole()).isFalse();
    }

    private void has(long version) {
        outbox.has(version, digest(version));
    }

    private static PolicyUpdate version(long version) {
        return new PolicyUpdate(
                new PolicyHeader("enforcer", version, ByteString.EMPTY, digest(version), List.of()),
                NO_FRAME);
    }

    private static PolicyUpdate delta(long from, long to, int bytes) {
        return new PolicyUpdate(
                new PolicyHeader("enforcer", to, digest(from), digest(to), List.of()),
                bytes == 10 ? TEN_BYTES : new byte[bytes]);
    }

    private static ByteString digest(long version) {
        return ByteString.copyFromUtf8("digest " + version);
    }

    private static final byte[] NO_FRAME = {};
    private static final byte[] TEN_BYTES = new byte[10];
}
