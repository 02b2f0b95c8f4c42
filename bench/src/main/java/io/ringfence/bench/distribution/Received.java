package io.ringfence.bench.distribution;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ToEnforcer;
import java.io.IOException;
import java.util.Optional;

/// What a frame brings. The rest is skipped: thousands of enforcers share the cores with what is
/// measured.
sealed interface Received {
    long version();

    ByteString digest();

    record Policy(String enforcerId, long version, ByteString digest) implements Received {}

    record Directory(String tenant, long version, ByteString digest) implements Received {}

    /// Empty for a frame with nothing in it.
    static Optional<Received> of(byte[] frame) throws IOException {
        ToEnforcer message = ToEnforcer.parseFrom(frame);
        return switch (message.getFrameCase()) {
            case POLICY -> Optional.of(policy(message.getPolicy().getContent().newCodedInput()));
            case DIRECTORY ->
                    Optional.of(directory(message.getDirectory().getContent().newCodedInput()));
            case FRAME_NOT_SET -> Optional.empty();
        };
    }

    private static Policy policy(CodedInputStream in) throws IOException {
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
        return new Policy(enforcerId, version, digest);
    }

    private static Directory directory(CodedInputStream in) throws IOException {
        String tenant = "";
        long version = 0;
        ByteString digest = ByteString.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case PeerDirectory.TENANT_FIELD_NUMBER -> tenant = in.readString();
                case PeerDirectory.VERSION_FIELD_NUMBER -> version = in.readUInt64();
                case PeerDirectory.DIGEST_FIELD_NUMBER -> digest = in.readBytes();
                default -> in.skipField(tag);
            }
        }
        return new Directory(tenant, version, digest);
    }
}
