package io.ringfence.store.outbox;

import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/// A row of the table `outbox`: a record on its way to Kafka. Its number comes from the database
/// while the announced object's row is locked, so announcements of one object keep their order.
@Entity
@Table(name = "outbox")
public class Announcement {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable Long id;

    String topic = "";

    @Column(name = "\"key\"")
    String key = "";

    String namespace = "";

    @Column(name = "\"value\"")
    byte @Nullable [] value;

    protected Announcement() {}

    public static Announcement state(Topic topic, ObjectState state) {
        return of(topic, state.getId(), state.getNamespace(), state.toByteArray());
    }

    public static Announcement tombstone(Topic topic, String id, String namespace) {
        return of(topic, id, namespace, null);
    }

    public static Announcement audit(AuditRecord record) {
        return of(
                Topic.AUDIT_RECORDED,
                record.getNamespace(),
                record.getNamespace(),
                record.toByteArray());
    }

    private static Announcement of(
            Topic topic, String key, String namespace, byte @Nullable [] value) {
        Announcement announcement = new Announcement();
        announcement.topic = topic.topicName();
        announcement.key = key;
        announcement.namespace = namespace;
        announcement.value = value;
        return announcement;
    }
}
