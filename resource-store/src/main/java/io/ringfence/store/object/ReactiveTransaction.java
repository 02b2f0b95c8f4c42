package io.ringfence.store.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.protocol.behaviour.Difference;
import io.ringfence.protocol.behaviour.Signature;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.protocol.replay.GivenAnswer;
import io.ringfence.protocol.replay.RepeatableWrite;
import io.ringfence.store.outbox.Announcement;
import io.ringfence.store.replay.AnswerTable;
import io.ringfence.store.session.Session;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One transaction on one session: each write is one statement, so that a refusal of the database
/// belongs to the call that caused it, and an import of thousands stays linear.
///
/// @param label what the objects written here are labelled with; null: as they were
/// @param signature under whose name they are written
/// @param changed takes the ids of objects that are updated or deleted
/// @param lastLocked the row that was locked last
record ReactiveTransaction(
        Session session,
        Clock clock,
        @Nullable String label,
        Signature signature,
        Set<String> changed,
        Locked.Last lastLocked)
        implements Transaction {
    private static final String BY_ID =
            "select %s from object o where o.id = $1".formatted(StoredObject.COLUMNS);
    private static final String HELD = BY_ID + " for share";

    /// With the number of the change that it is locked for, taken once it is.
    private static final String LOCKED =
            """
            with o as materialized (select * from object where id = $1 for no key update)
            select %s, nextval('object_revision') as next_revision from o
            """
                    .formatted(StoredObject.COLUMNS);

    private static final String NEXT_REVISION =
            "select nextval('object_revision') as next_revision";
    private static final String NAMED =
            """
            select %s from object o
            where o.identity = $1 and o.namespace = $2 and o.name = $3 order by o.id limit 1
            """
                    .formatted(StoredObject.COLUMNS);
    private static final String LABELLED =
            "select %s from object o where o.namespace = $1 and o.import_label = $2 order by o.id"
                    .formatted(StoredObject.COLUMNS);
    private static final String EXCLUSIVELY =
            """
            select 1 from (
                select pg_advisory_xact_lock(
                    hashtextextended(current_schema() || ' ' || cast($1 as text), 0))
            ) as locked
            """;

    ReactiveTransaction(Session session, Clock clock, Signature signature, Set<String> changed) {
        this(session, clock, null, signature, changed, new Locked.Last());
    }

    @Override
    public Transaction labelling(String importLabel) {
        return new ReactiveTransaction(session, clock, importLabel, signature, changed, lastLocked);
    }

    @Override
    public Transaction signed(Signature by) {
        return new ReactiveTransaction(session, clock, label, by, changed, lastLocked);
    }

    @Override
    public Uni<Optional<ObjectNode>> find(ResourceDeclaration resource, String id) {
        return first(BY_ID, id).map(row -> of(resource, row));
    }

    @Override
    public Uni<Optional<ObjectNode>> lock(ResourceDeclaration resource, String id) {
        return locked(id).map(locked -> of(resource, locked.map(Locked::row)));
    }

    @Override
    public Uni<Optional<ObjectNode>> hold(ResourceDeclaration resource, String id) {
        return first(HELD, id).map(row -> of(resource, row));
    }

    private Uni<Optional<Locked>> locked(String id) {
        return session.run(LOCKED, List.of(id))
                .map(rows ->
                        only(rows)
                                .map(row ->
                                        new Locked(
                                                StoredObject.read(row),
                                                row.getLong("next_revision"))))
                .invoke(lastLocked::keep);
    }

    /// To be changed once: the next change locks it anew.
    private Uni<Locked> toChange(ObjectNode object) {
        String id = object.path("ID").asText();
        return lastLocked
                .take(id)
                .map(known -> Uni.createFrom().item(known))
                .orElseGet(() ->
                        locked(id)
                                .map(found -> {
                                    lastLocked.take(id);
                                    return found.orElseThrow(() ->
                                            new IllegalStateException("There is no object " + id));
                                }));
    }

    private Uni<Optional<StoredObject>> first(String sql, Object... values) {
        return session.run(sql, List.of(values)).map(rows -> only(rows).map(StoredObject::read));
    }

    private static Optional<Row> only(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static Optional<ObjectNode> of(
            ResourceDeclaration resource, Optional<StoredObject> row) {
        return row.filter(found -> found.identity().equals(resource.identity()))
                .map(found -> found.object(resource));
    }

    @Override
    public Uni<Optional<ObjectNode>> named(
            ResourceDeclaration resource, String namespace, String name) {
        return first(NAMED, resource.identity(), namespace, name).map(row -> of(resource, row));
    }

    @Override
    public Uni<List<Labelled>> labelled(String namespace, String importLabel) {
        return all(LABELLED, List.of(namespace, importLabel))
                .map(rows ->
                        rows.stream()
                                .map(row -> new Labelled(row.identity(), row.tree()))
                                .toList());
    }

    @Override
    public Uni<List<ObjectNode>> list(ResourceDeclaration resource, Selection selection) {
        SqlQuery query = SqlQuery.list(resource, selection);
        return all(query.sql(), query.parameters())
                .map(rows -> rows.stream().map(row -> row.object(resource)).toList());
    }

    private Uni<List<StoredObject>> all(String sql, List<Object> values) {
        return session.run(sql, values).map(rows -> rows.stream().map(StoredObject::read).toList());
    }

    @Override
    public Uni<Long> count(ResourceDeclaration resource, Selection selection) {
        SqlQuery query = SqlQuery.count(resource, selection);
        return session.run(query.sql(), query.parameters())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    @Override
    public Uni<List<TagUse>> tagsInUse(
            Set<String> identities, Scope scope, String prefix, int most) {
        TagUseSql query = new TagUseSql(identities, scope, prefix, most);
        return session.run(query.sql(), query.parameters())
                .map(rows ->
                        rows.stream()
                                .map(row -> new TagUse(row.getString(0), row.getLong(1)))
                                .toList());
    }

    @Override
    public Uni<ObjectNode> insert(ResourceDeclaration resource, ObjectNode object) {
        return made(resource, object)
                .chain(row ->
                        WriteSql.insert(resource, row)
                                .announcing(
                                        announcements(
                                                resource, row, Operation.CREATE, Difference.none()),
                                        session))
                .replaceWith(object);
    }

    @Override
    public Uni<ObjectNode> pass(ResourceDeclaration resource, ObjectNode object) {
        return made(resource, object)
                .chain(row ->
                        WriteSql.nothing()
                                .announcing(
                                        announcements(
                                                resource, row, Operation.CREATE, Difference.none()),
                                        session))
                .replaceWith(object);
    }

    private Uni<StoredObject> made(ResourceDeclaration resource, ObjectNode object) {
        String now = Times.text(clock.instant());
        object.put("createTime", now).put("updateTime", now);
        return session.run(NEXT_REVISION, List.of())
                .map(rows -> rows.iterator().next().getLong("next_revision"))
                .map(revision -> StoredObject.of(resource, object, label, revision));
    }

    @Override
    public Uni<ObjectNode> update(ResourceDeclaration resource, ObjectNode object) {
        return toChange(object)
                .chain(locked -> update(resource, locked, object))
                .replaceWith(object);
    }

    private Uni<Void> update(ResourceDeclaration resource, Locked locked, ObjectNode object) {
        StoredObject before = locked.row();
        changed.add(before.id());
        sameTenant(before.namespace(), object.path("namespace").asText());
        object.put("updateTime", later(before.updatedAt()));
        Difference difference = Difference.between(resource, before.tree(), object);
        StoredObject row =
                StoredObject.of(
                        resource,
                        object,
                        label == null ? before.importLabel() : label,
                        locked.nextRevision());
        return WriteSql.update(resource, row)
                .announcing(announcements(resource, row, Operation.UPDATE, difference), session);
    }

    /// Another tenant's records are in another partition, where nothing orders them after these.
    private static void sameTenant(String before, String after) {
        if (!Partitioning.tenantOf(before).equals(Partitioning.tenantOf(after))) {
            throw new IllegalArgumentException(
                    "An object of %s cannot move to %s".formatted(before, after));
        }
    }

    /// Two updates within a millisecond still have different times, or the second could not be told
    /// from the first.
    private String later(Instant before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Times.text(now.isAfter(before) ? now : before.plusMillis(1));
    }

    @Override
    public Uni<Void> delete(ResourceDeclaration resource, ObjectNode object) {
        return toChange(object)
                .map(Locked::row)
                .invoke(row -> changed.add(row.id()))
                .chain(row ->
                        WriteSql.delete(row.id()).announcing(farewell(resource, row), session));
    }

    private List<Announcement> farewell(ResourceDeclaration resource, StoredObject row) {
        List<Announcement> all = new ArrayList<>();
        resource.topic()
                .ifPresent(
                        topic -> all.add(Announcement.tombstone(topic, row.id(), row.namespace())));
        all.add(
                Announcement.audit(
                        AuditTrail.record(
                                row,
                                resource.withoutSecrets(row.object(resource)),
                                Operation.DELETE,
                                Difference.none().tree(),
                                clock.millis(),
                                signature)));
        return all;
    }

    private List<Announcement> announcements(
            ResourceDeclaration resource,
            StoredObject row,
            Operation operation,
            Difference difference) {
        ObjectNode shown = resource.withoutSecrets(row.tree());
        long changedAtMs = row.updatedAt().toEpochMilli();
        List<Announcement> all = new ArrayList<>();
        resource.topic()
                .ifPresent(topic ->
                        all.add(
                                Announcement.state(
                                        topic, state(row, shown, operation, changedAtMs))));
        if (!difference.isQuiet()) {
            all.add(
                    Announcement.audit(
                            AuditTrail.record(
                                    row,
                                    shown,
                                    operation,
                                    difference.tree(),
                                    changedAtMs,
                                    signature)));
        }
        return all;
    }

    private static ObjectState state(
            StoredObject row, ObjectNode shown, Operation operation, long changedAtMs) {
        return ObjectState.newBuilder()
                .setIdentity(row.identity())
                .setId(row.id())
                .setNamespace(row.namespace())
                .setRevision(row.revision())
                .setJson(ByteString.copyFrom(Trees.bytes(shown)))
                .setOperation(operation)
                .setChangedAtMs(changedAtMs)
                .build();
    }

    @Override
    public Uni<Void> remember(RepeatableWrite write, GivenAnswer answer) {
        return AnswerTable.insert(session, write, answer);
    }

    @Override
    public Uni<Optional<GivenAnswer.Remembered>> remembered(RepeatableWrite write) {
        return AnswerTable.find(session, write);
    }

    @Override
    public Uni<Void> exclusively(String text) {
        return session.send(EXCLUSIVELY, List.of(text));
    }
}
