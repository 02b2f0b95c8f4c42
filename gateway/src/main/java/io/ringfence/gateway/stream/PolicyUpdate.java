package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.policy.ToEnforcer;
import io.ringfence.gateway.consume.UnreadableRecord;
import java.util.List;

/// A signed policy on its way to its enforcer.
///
/// @param tenants whose directories it is read with
/// @param frame a serialized `ToEnforcer`
record PolicyUpdate(
        String enforcerId, long version, ByteString digest, List<String> tenants, byte[] frame) {

    /// @param serialized a `SignedPolicy`, from the topic or from policy-service
    static PolicyUpdate of(byte[] serialized) {
        try {
            SignedPolicy policy = SignedPolicy.parseFrom(serialized);
            PolicyHeader header = PolicyHeader.read(policy.getContent());
            byte[] frame = ToEnforcer.newBuilder().setPolicy(policy).build().toByteArray();
            return new PolicyUpdate(
                    header.enforcerId(),
                    header.version(),
                    header.digest(),
                    header.tenants(),
                    frame);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecord("not a SignedPolicy");
        }
    }
}
