package io.ringfence.store.object;

import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.store.outbox.Announcement;
import io.ringfence.store.session.Session;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// One write and its announcements, as one statement.
///
/// An announcement's number is taken once the row is written, never before: a row that another
/// transaction still holds is waited for first, and what that one announces has the lower numbers.
final class WriteSql {
    private final Parameters parameters = new Parameters();

    /// Empty: nothing but announcements.
    private String write = "";

    private WriteSql() {}

    static WriteSql nothing() {
        return new WriteSql();
    }

    static WriteSql insert(ResourceDeclaration resource, StoredObject row) {
        WriteSql sql = new WriteSql();
        List<String> values = new ArrayList<>();
        values.add(sql.parameters.add(row.id()));
        values.add(sql.parameters.add(row.identity()));
        values.add(sql.time(Instant.parse(row.tree().path("createTime").asText())));
        values.addAll(sql.changing(resource, row));
        sql.write =
                """
                insert into object (id, identity, created_at, namespace, name, unique_name, propagate, archived,
                    import_label, revision, updated_at, normalized_tags, body)
                values (%s)
                """
                        .formatted(String.join(", ", values));
        return sql;
    }

    static WriteSql update(ResourceDeclaration resource, StoredObject row) {
        WriteSql sql = new WriteSql();
        sql.write =
                """
                update object set (namespace, name, unique_name, propagate, archived,
                    import_label, revision, updated_at, normalized_tags, body) = (%s)
                where id = %s
                """
                        .formatted(
                                String.join(", ", sql.changing(resource, row)),
                                sql.parameters.add(row.id()));
        return sql;
    }

    static WriteSql delete(String id) {
        WriteSql sql = new WriteSql();
        sql.write = "delete from object where id = " + sql.parameters.add(id);
        return sql;
    }

    /// Everything that a change may change.
    private List<String> changing(ResourceDeclaration resource, StoredObject row) {
        String name = row.tree().path("name").asText("");
        return List.of(
                parameters.add(row.namespace()),
                parameters.add(name),
                parameters.addNullable(resource.uniqueName() ? name : null),
                parameters.add(row.tree().path("propagate").asBoolean()),
                parameters.add(row.tree().path("archived").asBoolean()),
                parameters.addNullable(row.importLabel()),
                parameters.add(row.revision()),
                time(row.updatedAt()),
                parameters.add(row.normalizedTags()),
                "cast(%s as jsonb)".formatted(parameters.add(Trees.text(row.tree()))));
    }

    private String time(Instant time) {
        return parameters.add(time.atOffset(ZoneOffset.UTC));
    }

    /// In their order.
    Uni<Void> announcing(List<Announcement> announcements, Session session) {
        if (write.isEmpty() && announcements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.run(sql(announcements), parameters.values())
                .invoke(done -> {
                    // What was locked cannot have gone.
                    if (done.rowCount() == 0) {
                        throw new IllegalStateException("There is no such object to write");
                    }
                })
                .replaceWithVoid();
    }

    private String sql(List<Announcement> announcements) {
        if (announcements.isEmpty()) {
            return write;
        }
        List<String> rows = new ArrayList<>();
        for (Announcement each : announcements) {
            rows.add(
                    "(%d, %s, %s, %s, %s)"
                            .formatted(
                                    rows.size(),
                                    parameters.add(each.topic().topicName()),
                                    parameters.add(each.key()),
                                    parameters.add(each.namespace()),
                                    parameters.addNullable(each.value())));
        }
        String written = write.isEmpty() ? "" : "with written as (" + write + " returning 1)\n";
        return written
                + """
                insert into outbox (topic, key, namespace, value)
                select a.topic, a.key, a.namespace, a.value
                from (values %s) as a (n, topic, key, namespace, value)%s
                order by a.n
                """
                        .formatted(
                                String.join(", ", rows),
                                write.isEmpty() ? "" : " cross join written");
    }
}
