package io.ringfence.policy.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.PolicyReceipt;
import org.junit.jupiter.api.Test;

class EnforcerReceiptsTest {
    private final EnforcerReceipts receipts = new EnforcerReceipts();

    @Test
    void keepsTheNewest() {
        assertThat(receipts.heard(receipt(5, "", false, 1))).isTrue();
        assertThat(receipts.heard(receipt(6, "no room", false, 2))).isTrue();
        assertThat(known()).isEqualTo(receipt(6, "no room", false, 2));
    }

    @Test
    void keepsNoReceiptThatComesLate() {
        receipts.heard(receipt(6, "", false, 1));
        assertThat(receipts.heard(receipt(5, "", false, 2))).isFalse();
        assertThat(known()).isEqualTo(receipt(6, "", false, 1));
    }

    @Test
    void keepsTheTimeOfWhatIsSaidAgain() {
        receipts.heard(receipt(6, "", false, 1));
        assertThat(receipts.heard(receipt(6, "", true, 2))).isFalse();
        assertThat(known().getReceivedAtMs()).isEqualTo(1);
    }

    @Test
    void takesASecondAttemptAtTheSamePolicy() {
        receipts.heard(receipt(6, "no room", false, 1));
        assertThat(receipts.heard(receipt(6, "", false, 2))).isTrue();
    }

    @Test
    void believesWhatAnEnforcerSaysItHoldsThoughItIsLess() {
        receipts.heard(receipt(6, "", false, 1));
        assertThat(receipts.heard(receipt(0, "", true, 2))).isTrue();
        assertThat(known().getReceipt().getVersion()).isZero();
        assertThat(receipts.heard(receipt(6, "", false, 3))).isTrue();
    }

    @Test
    void forgetsWhoIsGone() {
        receipts.heard(receipt(6, "", false, 1));
        receipts.gone("e1");
        assertThat(receipts.of("e1")).isEmpty();
        assertThat(receipts.heard(receipt(1, "", false, 2))).isTrue();
    }

    private EnforcerReceipt known() {
        return receipts.of("e1").orElseThrow();
    }

    private static EnforcerReceipt receipt(long version, String error, boolean held, long at) {
        return EnforcerReceipt.newBuilder()
                .setEnforcerId("e1")
                .setReceipt(
                        PolicyReceipt.newBuilder()
                                .setVersion(version)
                                .setDigest(ByteString.copyFromUtf8("digest " + version))
                                .setError(error)
                                .setHeld(held))
                .setReceivedAtMs(at)
                .build();
    }
}
