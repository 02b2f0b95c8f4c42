package io.ringfence.bench.distribution;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ToEnforcer;
import java.io.IOException;
import java.util.Optional;

/// Which policy a frame brings. The rest is skipped: thousands of enforcers share the cores with
/// what is measured.
record Received(String enforcerId, long version, ByteString digest) {

    /// Empty for a frame without a policy.
    static Optional<Received> of(byte[] frame) throws IOException {
        ToEnforcer message = ToEnforcer.parseFrom(frame);
        return message.hasPolicy()
                ? Optional.of(header(message.getPolicy().getContent().newCodedInput()))
                : Optional.empty();
    }

    private static Received header(CodedInputStream in) throws IOException {
        String enforcerId = "";
        long version = 0;
        ByteString digest = ByteString.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case PolicySnapshot.ENFORCER_ID_FIELD_NUMBER -> enforcerId = in.readString();
                case PolicySnapshot.VERSION_FIELD_NUMBER -> version = in.readUInt64();
                case PolicySnapshot.DIGEST_FIELD_NUMBER -> digest = in.readBytes();
                default -> in.skipField(tag);
            }
        }
        return new Received(enforcerId, version, digest);
    }
}
