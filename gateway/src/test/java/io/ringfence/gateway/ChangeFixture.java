package io.ringfence.gateway;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.testkit.domain.ObjectFixture;
import java.nio.charset.StandardCharsets;

/// Changes as the services record them.
final class ChangeFixture {
    private ChangeFixture() {}

    static AuditRecord created(ObjectFixture object) {
        return change(object, Operation.CREATE, 1);
    }

    static AuditRecord updated(ObjectFixture object, long revision) {
        return change(object, Operation.UPDATE, revision);
    }

    static AuditRecord deleted(ObjectFixture object, long revision) {
        return change(object, Operation.DELETE, revision);
    }

    private static AuditRecord change(ObjectFixture object, Operation operation, long revision) {
        return AuditRecord.newBuilder()
                .setIdentity(object.identity())
                .setObjectId(object.id())
                .setNamespace(object.namespace())
                .setOperation(operation)
                .setRevision(revision)
                .setChangedAtMs(System.currentTimeMillis())
                .setSubject("alice")
                .setRealm("vince")
                .setJson(
                        ByteString.copyFrom(
                                object.with("revision", revision).toJson(), StandardCharsets.UTF_8))
                .build();
    }
}
