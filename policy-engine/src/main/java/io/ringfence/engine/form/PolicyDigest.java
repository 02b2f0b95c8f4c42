package io.ringfence.engine.form;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.PolicySnapshot;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Equal digests, equal policy: SHA-256 over the serialized snapshot without its version, digest
/// and time. The console's id is part of it, so whoever fills that in seals again.
public final class PolicyDigest {
    private PolicyDigest() {}

    public static ByteString of(PolicySnapshot snapshot) {
        return of(
                snapshot.toBuilder()
                        .clearVersion()
                        .clearDigest()
                        .clearCompiledAtMs()
                        .build()
                        .toByteString());
    }

    /// Of a policy and of what it is read with.
    public static ByteString joined(PolicySnapshot snapshot, List<ByteString> more) {
        return of(snapshot.getDigest().concat(ByteString.copyFrom(more)));
    }

    private static ByteString of(ByteString content) {
        try {
            return ByteString.copyFrom(
                    MessageDigest.getInstance("SHA-256").digest(content.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The same snapshot with its digest filled in.
    public static PolicySnapshot seal(PolicySnapshot snapshot) {
        return snapshot.toBuilder().setDigest(of(snapshot)).build();
    }
}
