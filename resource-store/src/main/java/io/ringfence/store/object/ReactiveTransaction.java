package io.ringfence.store.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.query.Selection;
import io.ringfence.store.outbox.Announcement;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/// One transaction on one session. Writes are flushed at once, so that a refusal of the database
/// belongs to the call that caused it.
final class ReactiveTransaction implements Transaction {
    private final Mutiny.Session session;
    private final Clock clock;

    ReactiveTransaction(Mutiny.Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<ObjectNode>> find(ResourceDeclaration resource, String id) {
        return session.find(StoredObject.class, id).map(row -> of(resource, row));
    }

    @Override
    public Uni<Optional<ObjectNode>> lock(ResourceDeclaration resource, String id) {
        return locked(id).map(row -> of(resource, row));
    }

    private Uni<StoredObject> locked(String id) {
        return session.find(StoredObject.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Optional<ObjectNode> of(ResourceDeclaration resource, StoredObject row) {
        return Optional.ofNullable(row)
                .filter(found -> found.identity.equals(resource.identity()))
                .map(StoredObject::object);
    }

    @Override
    public Uni<Optional<ObjectNode>> named(
            ResourceDeclaration resource, String namespace, String name) {
        return session.createNativeQuery(
                        "select o.* from object o where o.identity = ?1 and o.namespace = ?2 and o.name = ?3 order by o.id limit 1",
                        StoredObject.class)
                .setParameter(1, resource.identity())
                .setParameter(2, namespace)
                .setParameter(3, name)
                .getSingleResultOrNull()
                .map(row -> of(resource, row));
    }

    @Override
    public Uni<List<ObjectNode>> list(ResourceDeclaration resource, Selection selection) {
        SqlQuery query = SqlQuery.list(resource, selection);
        return bound(session.createNativeQuery(query.sql(), StoredObject.class), query)
                .getResultList()
                .map(rows -> rows.stream().map(StoredObject::object).toList());
    }

    @Override
    public Uni<Long> count(ResourceDeclaration resource, Selection selection) {
        SqlQuery query = SqlQuery.count(resource, selection);
        return bound(session.createNativeQuery(query.sql(), Long.class), query).getSingleResult();
    }

    private static <T> Mutiny.SelectionQuery<T> bound(
            Mutiny.SelectionQuery<T> query, SqlQuery sql) {
        List<Object> values = sql.parameters();
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query;
    }

    @Override
    public Uni<ObjectNode> insert(ResourceDeclaration resource, ObjectNode object) {
        String now = Times.text(clock.instant());
        object.put("createTime", now).put("updateTime", now);
        StoredObject row = StoredObject.of(resource, object);
        return nextRevision()
                .invoke(revision -> row.revision = revision)
                .chain(() -> session.persist(row))
                .chain(session::flush)
                .chain(() -> announce(resource, row, object, Operation.CREATE))
                .replaceWith(object);
    }

    @Override
    public Uni<ObjectNode> update(ResourceDeclaration resource, ObjectNode object) {
        return locked(object.path("ID").asText())
                .chain(
                        row ->
                                nextRevision()
                                        .chain(
                                                revision -> {
                                                    row.revision = revision;
                                                    object.put("updateTime", later(row.updatedAt));
                                                    row.take(resource, object);
                                                    return session.flush()
                                                            .chain(
                                                                    () ->
                                                                            announce(
                                                                                    resource,
                                                                                    row,
                                                                                    object,
                                                                                    Operation
                                                                                            .UPDATE));
                                                }))
                .replaceWith(object);
    }

    /// Two updates within a millisecond still have different times, or the second could not be told
    /// from the first.
    private String later(Instant before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Times.text(now.isAfter(before) ? now : before.plusMillis(1));
    }

    @Override
    public Uni<Void> delete(ResourceDeclaration resource, ObjectNode object) {
        return locked(object.path("ID").asText())
                .chain(
                        row ->
                                session.remove(row)
                                        .chain(session::flush)
                                        .chain(
                                                () ->
                                                        resource.topic()
                                                                .map(
                                                                        topic ->
                                                                                session.persist(
                                                                                        Announcement
                                                                                                .tombstone(
                                                                                                        topic,
                                                                                                        row.id,
                                                                                                        row.namespace)))
                                                                .orElseGet(
                                                                        () ->
                                                                                Uni.createFrom()
                                                                                        .voidItem())));
    }

    private Uni<Void> announce(
            ResourceDeclaration resource, StoredObject row, ObjectNode object, Operation operation) {
        if (resource.topic().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        ObjectState state =
                ObjectState.newBuilder()
                        .setIdentity(row.identity)
                        .setId(row.id)
                        .setNamespace(row.namespace)
                        .setRevision(row.revision)
                        .setJson(ByteString.copyFrom(Trees.bytes(object)))
                        .setOperation(operation)
                        .setChangedAtMs(row.updatedAt.toEpochMilli())
                        .build();
        return session.persist(Announcement.state(resource.topic().get(), state));
    }

    private Uni<Long> nextRevision() {
        return session.createNativeQuery("select nextval('object_revision')", Long.class)
                .getSingleResult();
    }

    @Override
    public Uni<Void> exclusively(String text) {
        return session.createNativeQuery(
                        "select 1 from (select pg_advisory_xact_lock(hashtextextended(current_schema() || ?1, 0))) as locked",
                        Integer.class)
                .setParameter(1, text)
                .getSingleResult()
                .replaceWithVoid();
    }
}
