package io.ringfence.store.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.replay.GivenAnswer;
import io.ringfence.protocol.replay.RepeatableWrite;
import io.smallrye.mutiny.Uni;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/// The table `answer`, on a session of the write's own transaction.
public final class AnswerTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSERT =
            """
            insert into answer (id, request, given)
            values (cast(?1 as text), cast(?2 as text), cast(?3 as text))
            """;
    private static final String FIND =
            "select a.request, a.given from answer a where a.id = cast(?1 as text)";

    private AnswerTable() {}

    /// One statement. Waits for another transaction that inserts the same id, and fails once that
    /// has committed.
    public static Uni<Void> insert(
            Mutiny.StatelessSession session, RepeatableWrite write, GivenAnswer answer) {
        return session.createNativeQuery(INSERT)
                .setParameter(1, write.id())
                .setParameter(2, write.request())
                .setParameter(3, text(answer))
                .executeUpdate()
                .replaceWithVoid();
    }

    public static Uni<Optional<GivenAnswer.Remembered>> find(
            Mutiny.StatelessSession session, RepeatableWrite write) {
        return session.createNativeQuery(FIND, Object[].class)
                .setParameter(1, write.id())
                .getSingleResultOrNull()
                .map(row ->
                        Optional.ofNullable(row)
                                .map(found ->
                                        new GivenAnswer.Remembered(
                                                (String) found[0], answer((String) found[1]))));
    }

    private static String text(GivenAnswer answer) {
        ObjectNode given = JSON.createObjectNode();
        given.set("body", answer.body());
        answer.messages().forEach(given.putArray("messages")::add);
        try {
            return JSON.writeValueAsString(given);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GivenAnswer answer(String text) {
        try {
            JsonNode given = JSON.readTree(text);
            List<String> messages = new ArrayList<>();
            given.path("messages").forEach(message -> messages.add(message.asText()));
            return new GivenAnswer(given.path("body"), messages);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
