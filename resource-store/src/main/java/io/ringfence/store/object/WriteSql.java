package io.ringfence.store.object;

import io.ringfence.store.outbox.Announcement;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

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

    static WriteSql insert(StoredObject row) {
        WriteSql sql = new WriteSql();
        List<String> values = new ArrayList<>();
        values.add(sql.parameters.add(row.id));
        values.add(sql.parameters.add(row.identity));
        values.add(sql.parameters.add(row.createdAt));
        values.addAll(sql.changing(row));
        sql.write =
                """
                insert into object (id, identity, created_at, namespace, name, unique_name, propagate, archived,
                    import_label, revision, updated_at, normalized_tags, body)
                values (%s)
                """
                        .formatted(String.join(", ", values));
        return sql;
    }

    static WriteSql update(StoredObject row) {
        WriteSql sql = new WriteSql();
        sql.write =
                """
                update object set (namespace, name, unique_name, propagate, archived,
                    import_label, revision, updated_at, normalized_tags, body) = (%s)
                where id = %s
                """
                        .formatted(
                                String.join(", ", sql.changing(row)), sql.parameters.add(row.id));
        return sql;
    }

    static WriteSql delete(String id) {
        WriteSql sql = new WriteSql();
        sql.write = "delete from object where id = " + sql.parameters.add(id);
        return sql;
    }

    /// Everything that a change may change.
    private List<String> changing(StoredObject row) {
        return List.of(
                parameters.add(row.namespace),
                parameters.add(row.name),
                parameters.addNullable(row.uniqueName),
                parameters.add(row.propagate),
                parameters.add(row.archived),
                parameters.addNullable(row.importLabel),
                parameters.add(row.revision),
                parameters.add(row.updatedAt),
                parameters.add(row.normalizedTags),
                "cast(%s as jsonb)".formatted(parameters.add(row.body)));
    }

    /// In their order.
    Uni<Void> announcing(List<Announcement> announcements, Mutiny.StatelessSession session) {
        if (write.isEmpty() && announcements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Mutiny.Query<?> statement = session.createNativeQuery(sql(announcements));
        List<Object> values = parameters.values();
        for (int i = 0; i < values.size(); i++) {
            statement.setParameter(i + 1, values.get(i));
        }
        return statement
                .executeUpdate()
                .invoke(rows -> {
                    // What was locked cannot have gone.
                    if (rows == 0) {
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
