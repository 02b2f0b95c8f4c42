package io.ringfence.bench.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.policy.ToEnforcer;
import org.junit.jupiter.api.Test;

class ReceivedTest {
    @Test
    void readsWhosePolicyItIsAndWhich() throws Exception {
        ByteString digest = ByteString.copyFromUtf8("digest");
        PolicySnapshot policy =
                PolicySnapshot.newBuilder()
                        .setConsoleId("console")
                        .setEnforcerId("enforcer")
                        .setVersion(7)
                        .setDigest(digest)
                        .setCompiledAtMs(99)
                        .addPeers(PeerAddress.newBuilder().setPrefixLength(32))
                        .addText("text")
                        .build();
        assertThat(Received.of(frame(policy.toByteString())))
                .contains(new Received.Policy("enforcer", 7, digest));
    }

    @Test
    void readsWhoseDirectoryItIsAndWhich() throws Exception {
        ByteString digest = ByteString.copyFromUtf8("digest");
        PeerDirectory directory =
                PeerDirectory.newBuilder()
                        .setTenant("t0")
                        .setVersion(7)
                        .setDigest(digest)
                        .addOwners(PeerOwner.newBuilder().setNamespace("/t0"))
                        .build();
        byte[] frame =
                ToEnforcer.newBuilder()
                        .setDirectory(
                                SignedDirectory.newBuilder().setContent(directory.toByteString()))
                        .build()
                        .toByteArray();
        assertThat(Received.of(frame)).contains(new Received.Directory("t0", 7, digest));
    }

    @Test
    void anEmptyFrameIsNone() throws Exception {
        assertThat(Received.of(ToEnforcer.getDefaultInstance().toByteArray())).isEmpty();
    }

    @Test
    void refusesWhatIsNoPolicy() {
        assertThatThrownBy(() -> Received.of(frame(ByteString.copyFromUtf8("nonsense"))))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    private static byte[] frame(ByteString content) {
        return ToEnforcer.newBuilder()
                .setPolicy(SignedPolicy.newBuilder().setContent(content))
                .build()
                .toByteArray();
    }
}
