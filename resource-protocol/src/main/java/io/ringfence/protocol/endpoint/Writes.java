package io.ringfence.protocol.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.replay.GivenAnswer;
import io.ringfence.protocol.replay.RepeatableWrite;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Changes, each in a transaction of its own, and their answers. A change whose client sent an
/// `Idempotency-Key` keeps its answer with it, as its last step: a repetition that is as fast as
/// the first waits there, fails, is undone, and gets the first one's answer, like every later one.
@ApplicationScoped
class Writes {
    private static final Logger LOG = Logger.getLogger(Writes.class);

    private final ObjectWriter writer;
    private final Instance<Transactions> transactions;

    Writes(ObjectWriter writer, Instance<Transactions> transactions) {
        this.writer = writer;
        this.transactions = transactions;
    }

    /// Answers with the object.
    Uni<Response> one(
            ResourceDeclaration resource,
            Optional<RepeatableWrite> repeatable,
            Answer answer,
            Function<Transaction, Uni<Outcome>> change) {
        return run(
                resource,
                repeatable,
                answer,
                transaction -> change.apply(transaction).map(Stored::one));
    }

    /// Answers with the list of all objects.
    Uni<Response> many(
            ResourceDeclaration resource,
            Optional<RepeatableWrite> repeatable,
            Answer answer,
            Function<Transaction, Uni<List<Outcome>>> change) {
        return run(
                resource,
                repeatable,
                answer,
                transaction ->
                        change.apply(transaction).map(outcomes -> new Stored(outcomes, false)));
    }

    private record Stored(List<Outcome> outcomes, boolean isOne) {
        static Stored one(Outcome outcome) {
            return new Stored(List.of(outcome), true);
        }
    }

    private Uni<Response> run(
            ResourceDeclaration resource,
            Optional<RepeatableWrite> repeatable,
            Answer answer,
            Function<Transaction, Uni<Stored>> change) {
        Uni<Response> first =
                transactions
                        .get()
                        .run(transaction ->
                                change.apply(transaction)
                                        .call(stored ->
                                                remember(
                                                        resource, repeatable, stored, transaction)))
                        .invoke(stored -> stored.outcomes().forEach(writer::committed))
                        .map(stored ->
                                answer.of(resource, body(stored, true), messages(resource, stored))
                                        .build());
        return repeatable
                .map(write ->
                        first.onFailure()
                                .recoverWithUni(failure -> again(resource, write, answer, failure)))
                .orElse(first);
    }

    private Uni<Void> remember(
            ResourceDeclaration resource,
            Optional<RepeatableWrite> repeatable,
            Stored stored,
            Transaction transaction) {
        if (repeatable.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<String> messages = new ArrayList<>(messages(resource, stored));
        shownOnce(stored).ifPresent(messages::add);
        return transaction.remember(
                repeatable.get(), new GivenAnswer(body(stored, false), messages));
    }

    private static Optional<String> shownOnce(Stored stored) {
        Set<String> names = new LinkedHashSet<>();
        stored.outcomes()
                .forEach(outcome ->
                        outcome.change().answerOnly().fieldNames().forEachRemaining(names::add));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "This was answered before; %s was shown then, and is not shown again"
                                .formatted(String.join(", ", names)));
    }

    /// What failed, failed for its own reasons, unless it had succeeded before.
    private Uni<Response> again(
            ResourceDeclaration resource, RepeatableWrite write, Answer answer, Throwable failure) {
        return transactions
                .get()
                .run(transaction -> transaction.remembered(write))
                .onFailure()
                .invoke(e -> LOG.warnf(e, "Whether a write was answered before is not known"))
                .onFailure()
                .transform(_ -> failure)
                .map(remembered -> {
                    if (remembered.isEmpty()) {
                        throw failure instanceof RuntimeException e
                                ? e
                                : new IllegalStateException(failure);
                    }
                    if (!remembered.get().request().equals(write.request())) {
                        throw otherRequest();
                    }
                    GivenAnswer given = remembered.get().answer();
                    return answer.of(resource, given.body(), given.messages()).build();
                });
    }

    private static ApiException otherRequest() {
        return Fault.of(
                        422,
                        "Idempotency Key Reused",
                        "This Idempotency-Key was sent before with another body or other parameters; use a fresh key for each write")
                .asException();
    }

    private JsonNode body(Stored stored, boolean withWhatIsShownOnce) {
        if (stored.isOne()) {
            return shown(stored.outcomes().getFirst(), withWhatIsShownOnce);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        stored.outcomes().forEach(outcome -> list.add(shown(outcome, withWhatIsShownOnce)));
        return list;
    }

    private JsonNode shown(Outcome outcome, boolean withWhatIsShownOnce) {
        return withWhatIsShownOnce ? writer.answer(outcome) : writer.shown(outcome);
    }

    private static List<String> messages(ResourceDeclaration resource, Stored stored) {
        Set<String> all = new LinkedHashSet<>(resource.messages());
        stored.outcomes().forEach(outcome -> all.addAll(outcome.change().messages().all()));
        return List.copyOf(all);
    }
}
