package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.ringfence.contracts.policy.PolicySnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the gateway has to know of a policy: whose it is and which, and the directories it is read
/// with. The rest, which may be large, is skipped and not believed: the enforcer verifies the
/// signature.
record PolicyHeader(String enforcerId, long version, ByteString digest, List<String> tenants) {

    static PolicyHeader read(ByteString snapshot) throws InvalidProtocolBufferException {
        CodedInputStream in = snapshot.newCodedInput();
        String enforcerId = "";
        long version = 0;
        ByteString digest = ByteString.EMPTY;
        List<String> tenants = new ArrayList<>();
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case PolicySnapshot.ENFORCER_ID_FIELD_NUMBER -> enforcerId = in.readString();
                    case PolicySnapshot.VERSION_FIELD_NUMBER -> version = in.readUInt64();
                    case PolicySnapshot.DIGEST_FIELD_NUMBER -> digest = in.readBytes();
                    case PolicySnapshot.TENANTS_FIELD_NUMBER -> tenants.add(in.readString());
                    default -> in.skipField(tag);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return new PolicyHeader(enforcerId, version, digest, List.copyOf(tenants));
    }
}
