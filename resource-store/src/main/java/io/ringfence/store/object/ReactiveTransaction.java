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
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// One transaction on one stateless session: each write is one statement, so that a refusal of the
/// database belongs to the call that caused it, and an import of thousands stays linear.
///
/// @param label what the objects written here are labelled with; null: as they were
/// @param signature under whose name they are written
/// @param changed takes the ids of objects that are updated or deleted
/// @param locked what its update need not lock and read again
record ReactiveTransaction(
        Mutiny.StatelessSession session,
        Clock clock,
        @Nullable String label,
        Signature signature,
        Set<String> changed,
        Locked locked)
        implements Transaction {
    private static final String NAMED =
            """
            select %s from object o
            where o.identity = ?1 and o.namespace = ?2 and o.name = ?3 order by o.id limit 1
            """
                    .formatted(StoredObject.COLUMNS);
    private static final String LABELLED =
            "select %s from object o where o.namespace = ?1 and o.import_label = ?2 order by o.id"
                    .formatted(StoredObject.COLUMNS);

    private static final String TURN =
            """
            select %s(hashtextextended(current_schema() || ' ' || ?1, 0))
            """;
    private static final String TURN_ALONE = "select 1 from (" + TURN + ") as turn";
    private static final String EXCLUSIVELY = TURN_ALONE.formatted("pg_advisory_xact_lock");
    private static final String TOGETHER_TURN = "pg_advisory_xact_lock_shared";
    private static final String TOGETHER = TURN_ALONE.formatted(TOGETHER_TURN);

    /// With the number of the change that it is locked for, taken once it is.
    private static final String LOCKED =
            """
            with o as materialized (select * from object where id = ?1 for no key update)
            select %s from o
            """
                    .formatted(StoredObject.columns("nextval('object_revision')"));

    private static final String TOGETHER_LOCKED =
            """
            with turn as materialized (%s),
                o as materialized (
                    select * from object where id = ?2 and (select count(*) from turn) = 1
                    for no key update)
            select %s from o
            """
                    .formatted(
                            TURN.formatted(TOGETHER_TURN),
                            StoredObject.columns("nextval('object_revision')"));

    @Override
    public Transaction labelling(String importLabel) {
        return new ReactiveTransaction(session, clock, importLabel, signature, changed, locked);
    }

    @Override
    public Transaction signed(Signature by) {
        return new ReactiveTransaction(session, clock, label, by, changed, locked);
    }

    @Override
    public Uni<Optional<ObjectNode>> find(ResourceDeclaration resource, String id) {
        return session.get(StoredObject.class, id).map(row -> of(resource, row));
    }

    @Override
    public Uni<Optional<ObjectNode>> lock(ResourceDeclaration resource, String id) {
        return lockedRow(id).invoke(locked::is).map(row -> of(resource, row));
    }

    @Override
    public Uni<Optional<ObjectNode>> lock(
            ResourceDeclaration resource, String id, String together) {
        if (locked.hasTogether(together)) {
            return lock(resource, id);
        }
        return session.createNativeQuery(TOGETHER_LOCKED, StoredObject.class)
                .setParameter(1, together)
                .setParameter(2, id)
                .getSingleResultOrNull()
                .invoke(row -> {
                    locked.is(row);
                    // Without a row nothing may have been waited for.
                    if (row != null) {
                        locked.isTogether(together);
                    }
                })
                .map(row -> of(resource, row));
    }

    @Override
    public Uni<Optional<ObjectNode>> hold(ResourceDeclaration resource, String id) {
        return session.get(StoredObject.class, id, LockMode.PESSIMISTIC_READ)
                .map(row -> of(resource, row));
    }

    private Uni<StoredObject> lockedRow(String id) {
        return session.createNativeQuery(LOCKED, StoredObject.class)
                .setParameter(1, id)
                .getSingleResultOrNull();
    }

    private static Optional<ObjectNode> of(
            ResourceDeclaration resource, @Nullable StoredObject row) {
        return Optional.ofNullable(row)
                .filter(found -> found.identity.equals(resource.identity()))
                .map(found -> found.object(resource));
    }

    @Override
    public Uni<Optional<ObjectNode>> named(
            ResourceDeclaration resource, String namespace, String name) {
        return session.createNativeQuery(NAMED, StoredObject.class)
                .setParameter(1, resource.identity())
                .setParameter(2, namespace)
                .setParameter(3, name)
                .getSingleResultOrNull()
                .map(row -> of(resource, row));
    }

    @Override
    public Uni<List<Labelled>> labelled(String namespace, String importLabel) {
        return session.createNativeQuery(LABELLED, StoredObject.class)
                .setParameter(1, namespace)
                .setParameter(2, importLabel)
                .getResultList()
                .map(rows ->
                        rows.stream()
                                .map(row -> new Labelled(row.identity, row.object()))
                                .toList());
    }

    @Override
    public Uni<List<ObjectNode>> list(ResourceDeclaration resource, Selection selection) {
        SqlQuery query = SqlQuery.list(resource, selection);
        return bound(session.createNativeQuery(query.sql(), StoredObject.class), query)
                .getResultList()
                .map(rows -> rows.stream().map(row -> row.object(resource)).toList());
    }

    @Override
    public Uni<Long> count(ResourceDeclaration resource, Selection selection) {
        SqlQuery query = SqlQuery.count(resource, selection);
        return bound(session.createNativeQuery(query.sql(), Long.class), query).getSingleResult();
    }

    @Override
    public Uni<List<TagUse>> tagsInUse(
            Set<String> identities, Scope scope, String prefix, int most) {
        TagUseSql query = new TagUseSql(identities, scope, prefix, most);
        return bound(session.createNativeQuery(query.sql(), Object[].class), query.parameters())
                .getResultList()
                .map(rows ->
                        rows.stream()
                                .map(row ->
                                        new TagUse((String) row[0], ((Number) row[1]).longValue()))
                                .toList());
    }

    private static <T> Mutiny.SelectionQuery<T> bound(
            Mutiny.SelectionQuery<T> query, SqlQuery sql) {
        return bound(query, sql.parameters());
    }

    private static <T> Mutiny.SelectionQuery<T> bound(
            Mutiny.SelectionQuery<T> query, List<Object> values) {
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query;
    }

    @Override
    public Uni<ObjectNode> insert(ResourceDeclaration resource, ObjectNode object) {
        return create(resource, object, WriteSql::insert);
    }

    @Override
    public Uni<ObjectNode> pass(ResourceDeclaration resource, ObjectNode object) {
        return create(resource, object, _ -> WriteSql.nothing());
    }

    private Uni<ObjectNode> create(
            ResourceDeclaration resource,
            ObjectNode object,
            Function<StoredObject, WriteSql> writing) {
        String now = Times.text(clock.instant());
        object.put("createTime", now).put("updateTime", now);
        StoredObject row = StoredObject.of(resource, object);
        row.importLabel = label;
        return nextRevision()
                .invoke(revision -> row.revision = revision)
                .chain(() ->
                        writing.apply(row)
                                .announcing(
                                        announcements(
                                                resource,
                                                row,
                                                object,
                                                Operation.CREATE,
                                                Difference.none()),
                                        session))
                .replaceWith(object);
    }

    @Override
    public Uni<ObjectNode> update(ResourceDeclaration resource, ObjectNode object) {
        return toChange(object).chain(row -> update(resource, row, object)).replaceWith(object);
    }

    /// To be changed once: the next change locks it anew.
    private Uni<StoredObject> toChange(ObjectNode object) {
        String id = object.path("ID").asText();
        return locked.take(id)
                .map(row -> Uni.createFrom().item(row))
                .orElseGet(() -> lockedRow(id));
    }

    private Uni<Void> update(ResourceDeclaration resource, StoredObject row, ObjectNode object) {
        changed.add(row.id);
        sameTenant(row.namespace, object.path("namespace").asText());
        object.put("updateTime", later(row.updatedAt));
        Difference difference = Difference.between(resource, row.object(), object);
        row.take(resource, object);
        row.importLabel = label == null ? row.importLabel : label;
        return WriteSql.update(row)
                .announcing(
                        announcements(resource, row, object, Operation.UPDATE, difference),
                        session);
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
        // Its last number is announced, not a new one.
        return session.get(
                        StoredObject.class, object.path("ID").asText(), LockMode.PESSIMISTIC_WRITE)
                .invoke(row -> changed.add(row.id))
                .chain(row -> WriteSql.delete(row.id).announcing(farewell(resource, row), session));
    }

    private List<Announcement> farewell(ResourceDeclaration resource, StoredObject row) {
        List<Announcement> all = new ArrayList<>();
        resource.topic()
                .ifPresent(topic -> all.add(Announcement.tombstone(topic, row.id, row.namespace)));
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
            ObjectNode object,
            Operation operation,
            Difference difference) {
        ObjectNode shown = resource.withoutSecrets(object);
        long changedAtMs = row.updatedAt.toEpochMilli();
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
                .setIdentity(row.identity)
                .setId(row.id)
                .setNamespace(row.namespace)
                .setRevision(row.revision)
                .setJson(ByteString.copyFrom(Trees.bytes(shown)))
                .setOperation(operation)
                .setChangedAtMs(changedAtMs)
                .build();
    }

    private Uni<Long> nextRevision() {
        return session.createNativeQuery("select nextval('object_revision')", Long.class)
                .getSingleResult();
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
        return turn(EXCLUSIVELY, text);
    }

    @Override
    public Uni<Void> together(String text) {
        return locked.hasTogether(text)
                ? Uni.createFrom().voidItem()
                : turn(TOGETHER, text).invoke(() -> locked.isTogether(text));
    }

    private Uni<Void> turn(String sql, String text) {
        return session.createNativeQuery(sql, Integer.class)
                .setParameter(1, text)
                .getSingleResult()
                .replaceWithVoid();
    }
}
