package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.ToEnforcer;
import io.ringfence.gateway.consume.UnreadableRecord;
import java.io.IOException;

/// A tenant's signed directory, or a change of it, on its way to enforcers. Its content is not
/// looked at: the enforcer verifies the signature.
///
/// @param base the digest of what it changes; empty: it is all of it
/// @param digest of what it leads to
/// @param frame a serialized `ToEnforcer`
record DirectoryUpdate(
        String tenant, long version, ByteString base, ByteString digest, byte[] frame) {

    /// @param serialized a `SignedDirectory`, from the topic or from policy-service
    static DirectoryUpdate of(byte[] serialized) {
        try {
            SignedDirectory signed = SignedDirectory.parseFrom(serialized);
            CodedInputStream in = signed.getContent().newCodedInput();
            String tenant = "";
            long version = 0;
            ByteString base = ByteString.EMPTY;
            ByteString digest = ByteString.EMPTY;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case PeerDirectory.TENANT_FIELD_NUMBER -> tenant = in.readString();
                    case PeerDirectory.VERSION_FIELD_NUMBER -> version = in.readUInt64();
                    case PeerDirectory.DIGEST_FIELD_NUMBER -> digest = in.readBytes();
                    case PeerDirectory.BASE_DIGEST_FIELD_NUMBER -> base = in.readBytes();
                    default -> in.skipField(tag);
                }
            }
            byte[] frame = ToEnforcer.newBuilder().setDirectory(signed).build().toByteArray();
            return new DirectoryUpdate(tenant, version, base, digest, frame);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecord("not a SignedDirectory");
        } catch (IOException e) {
            throw new UnreadableRecord("not a PeerDirectory: " + e.getMessage());
        }
    }

    /// Changes nothing: somebody says what stands.
    boolean isAnnouncement() {
        return base.equals(digest);
    }
}
