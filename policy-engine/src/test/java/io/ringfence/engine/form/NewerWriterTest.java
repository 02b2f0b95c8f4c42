package io.ringfence.engine.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.directory.TenantDirectory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A later release may say more than this one understands. What it signed must fit its digests
/// here, too, or its enforcers would be refused everything.
class NewerWriterTest {
    private static final UnknownFieldSet NEWS =
            UnknownFieldSet.newBuilder()
                    .addField(1_000, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                    .build();

    @Test
    void aPolicyFitsItsDigest() throws Exception {
        PolicySnapshot written =
                PolicyDigest.seal(
                        PolicySnapshot.newBuilder()
                                .setEnforcerId("e1")
                                .addText("")
                                .setUnknownFields(NEWS)
                                .build());
        PolicySnapshot read = PolicySnapshot.parseFrom(written.toByteString());
        assertThat(PolicyDigest.of(read)).isEqualTo(written.getDigest());
        assertThat(written.getDigest())
                .isNotEqualTo(
                        PolicyDigest.of(
                                read.toBuilder()
                                        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                                        .build()));
    }

    @Test
    void aDirectoryFitsItsDigest() throws Exception {
        PeerOwner owner =
                PeerOwner.newBuilder()
                        .setAddress(ByteString.copyFrom(new byte[] {10, 0, 0, 1}))
                        .setProcessingUnitId("u1")
                        .setUnknownFields(NEWS)
                        .build();
        PeerDirectory written = TenantDirectory.of(List.of(owner)).whole().build();
        Optional<TenantDirectory> read =
                TenantDirectory.EMPTY.after(PeerDirectory.parseFrom(written.toByteString()));
        assertThat(read.map(TenantDirectory::digest)).contains(written.getDigest());
    }

    /// What it does not understand in a delta it cannot apply: it must see that, and be sent the
    /// whole.
    @Test
    void aDeltaThatSaysMoreDoesNotLeadToWhatItNames() throws Exception {
        PolicySnapshot base =
                PolicyDigest.seal(
                        PolicySnapshot.newBuilder().setEnforcerId("e1").addText("").build());
        PolicySnapshot after = PolicyDigest.seal(base.toBuilder().setUnknownFields(NEWS).build());
        PolicyDelta delta =
                PolicyDelta.newBuilder()
                        .setEnforcerId("e1")
                        .setBaseDigest(base.getDigest())
                        .setDigest(after.getDigest())
                        .setUnknownFields(NEWS)
                        .build();
        assertThat(PolicyDeltas.apply(base, PolicyDelta.parseFrom(delta.toByteString()))).isEmpty();
    }
}
