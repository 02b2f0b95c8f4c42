package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the gateway has to know of a policy: whose it is and which, and the directories it is read
/// with. The rest, which may be large, is skipped and not believed: the enforcer verifies the
/// signature.
///
/// @param base the digest of the policy that a delta leads on from; empty for a whole policy
/// @param tenants whose directories a whole policy is read with
record PolicyHeader(
        String enforcerId, long version, ByteString base, ByteString digest, List<String> tenants) {

    private static final int NONE = -1;

    static PolicyHeader read(SignedPolicy signed) throws InvalidProtocolBufferException {
        CodedInputStream in = signed.getContent().newCodedInput();
        int baseField = signed.getIsDelta() ? PolicyDelta.BASE_DIGEST_FIELD_NUMBER : NONE;
        int tenantsField = signed.getIsDelta() ? NONE : PolicySnapshot.TENANTS_FIELD_NUMBER;
        String enforcerId = "";
        long version = 0;
        ByteString digest = ByteString.EMPTY;
        ByteString base = ByteString.EMPTY;
        List<String> tenants = new ArrayList<>();
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int field = WireFormat.getTagFieldNumber(tag);
                switch (field) {
                    case PolicySnapshot.ENFORCER_ID_FIELD_NUMBER -> enforcerId = in.readString();
                    case PolicySnapshot.VERSION_FIELD_NUMBER -> version = in.readUInt64();
                    case PolicySnapshot.DIGEST_FIELD_NUMBER -> digest = in.readBytes();
                    default -> {
                        if (field == baseField) {
                            base = in.readBytes();
                        } else if (field == tenantsField) {
                            tenants.add(in.readString());
                        } else {
                            in.skipField(tag);
                        }
                    }
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return new PolicyHeader(enforcerId, version, base, digest, List.copyOf(tenants));
    }
}
