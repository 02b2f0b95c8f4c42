package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.policy.ToEnforcer;
import io.ringfence.gateway.consume.UnreadableRecord;

/// A signed policy, or what leads to it from the one before, on its way to its enforcer.
///
/// @param frame a serialized `ToEnforcer`
record PolicyUpdate(PolicyHeader header, byte[] frame) {

    /// @param serialized a `SignedPolicy`, from the topic or from policy-service
    static PolicyUpdate of(byte[] serialized) {
        try {
            SignedPolicy policy = SignedPolicy.parseFrom(serialized);
            byte[] frame = ToEnforcer.newBuilder().setPolicy(policy).build().toByteArray();
            return new PolicyUpdate(PolicyHeader.read(policy), frame);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecord("not a SignedPolicy");
        }
    }

    String enforcerId() {
        return header.enforcerId();
    }

    long version() {
        return header.version();
    }

    ByteString digest() {
        return header.digest();
    }

    boolean isWhole() {
        return header.base().isEmpty();
    }
}
