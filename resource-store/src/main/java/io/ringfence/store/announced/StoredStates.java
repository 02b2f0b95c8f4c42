package io.ringfence.store.announced;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The objects of one resource as rows, and their way into the outbox, in one transaction that its
/// caller commits.
final class StoredStates {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 500;

    /// Instances that start together take turns; released at the end.
    private static final String TURN =
            "select pg_advisory_xact_lock(hashtextextended('announced ' || current_schema(), 0))";

    private static final String FIND = "select 1 from announced where identity = ?";
    private static final String NOTE = "insert into announced (identity) values (?)";

    /// Locked, so that no change is announced before the state that it changed.
    private static final String NEXT =
            """
            select id, namespace, revision, updated_at, body from object
            where identity = ? and id > ? order by id limit %d for update
            """
                    .formatted(BATCH);

    private static final String ENTER =
            "insert into outbox (topic, key, namespace, value) values (?, ?, ?, ?)";

    private final Connection connection;
    private final ResourceDeclaration resource;
    private final Topic topic;

    StoredStates(Connection connection, ResourceDeclaration resource, Topic topic) {
        this.connection = connection;
        this.resource = resource;
        this.topic = topic;
    }

    boolean isAnnounced() throws SQLException {
        if (isNoted()) {
            return true;
        }
        try (PreparedStatement turn = connection.prepareStatement(TURN)) {
            turn.execute();
        }
        return isNoted();
    }

    private boolean isNoted() throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, resource.identity());
            try (ResultSet found = find.executeQuery()) {
                return found.next();
            }
        }
    }

    /// Answers how many there are.
    int announceAll() throws SQLException {
        int count = 0;
        String last = "";
        List<ObjectState> batch;
        do {
            batch = after(last);
            enter(batch);
            count += batch.size();
            last = batch.isEmpty() ? last : batch.getLast().getId();
        } while (batch.size() == BATCH);
        try (PreparedStatement note = connection.prepareStatement(NOTE)) {
            note.setString(1, resource.identity());
            note.executeUpdate();
        }
        return count;
    }

    private List<ObjectState> after(String id) throws SQLException {
        List<ObjectState> states = new ArrayList<>();
        try (PreparedStatement next = connection.prepareStatement(NEXT)) {
            next.setString(1, resource.identity());
            next.setString(2, id);
            try (ResultSet rows = next.executeQuery()) {
                while (rows.next()) {
                    states.add(state(rows));
                }
            }
        }
        return states;
    }

    private ObjectState state(ResultSet row) throws SQLException {
        return ObjectState.newBuilder()
                .setIdentity(resource.identity())
                .setId(row.getString(1))
                .setNamespace(row.getString(2))
                .setRevision(row.getLong(3))
                .setChangedAtMs(row.getTimestamp(4).getTime())
                .setJson(ByteString.copyFrom(shown(row.getString(5))))
                .setOperation(Operation.UPDATE)
                .build();
    }

    private byte[] shown(String body) {
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(body);
            object.retain(resource.attributes().keySet());
            return JSON.writeValueAsBytes(resource.withoutSecrets(object));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void enter(List<ObjectState> states) throws SQLException {
        try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
            for (ObjectState state : states) {
                enter.setString(1, topic.topicName());
                enter.setString(2, state.getId());
                enter.setString(3, state.getNamespace());
                enter.setBytes(4, state.toByteArray());
                enter.addBatch();
            }
            enter.executeBatch();
        }
    }
}
