package io.ringfence.store.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.protocol.behaviour.Signature;

/// Who changed what, as it goes into `audit.recorded.v1`.
final class AuditTrail {
    private AuditTrail() {}

    /// @param shown the object without secrets
    static AuditRecord record(
            StoredObject row,
            ObjectNode shown,
            Operation operation,
            ObjectNode difference,
            long changedAtMs,
            Signature by) {
        AuditRecord.Builder record =
                AuditRecord.newBuilder()
                        .setIdentity(row.identity)
                        .setObjectId(row.id)
                        .setNamespace(row.namespace)
                        .setOperation(operation)
                        .setRevision(row.revision)
                        .setChangedAtMs(changedAtMs)
                        .setSubject(by.subject())
                        .setRealm(by.realm())
                        .addAllClaims(by.claims())
                        .setTrackingId(by.trackingId())
                        .setTrackingType(by.trackingType())
                        .setRequestId(by.requestId())
                        .setJson(ByteString.copyFrom(Trees.bytes(shown)))
                        .addAllMessages(by.messages());
        if (!difference.isEmpty()) {
            record.setDifference(ByteString.copyFrom(Trees.bytes(difference)));
        }
        return record.build();
    }
}
