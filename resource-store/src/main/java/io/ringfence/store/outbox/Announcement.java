package io.ringfence.store.outbox;

import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import org.jspecify.annotations.Nullable;

/// A row for the table `outbox`: a record on its way to Kafka. Its number comes from the database
/// while the announced object's row is locked, so announcements of one object keep their order.
///
/// @param namespace decides the partition
/// @param value null: a tombstone
public record Announcement(Topic topic, String key, String namespace, byte @Nullable [] value) {

    public static Announcement state(Topic topic, ObjectState state) {
        return new Announcement(topic, state.getId(), state.getNamespace(), state.toByteArray());
    }

    public static Announcement tombstone(Topic topic, String id, String namespace) {
        return new Announcement(topic, id, namespace, null);
    }

    public static Announcement audit(AuditRecord record) {
        return new Announcement(
                Topic.AUDIT_RECORDED,
                record.getNamespace(),
                record.getNamespace(),
                record.toByteArray());
    }
}
