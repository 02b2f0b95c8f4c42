package io.ringfence.policy.enforcement;

import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.nested;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.whole;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.enforcement.RevisionBarrier.Reached;
import io.ringfence.policy.receipt.EnforcerReceipts;
import io.ringfence.policy.wire.Wire;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import io.ringfence.store.outbox.OutboxProgress;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// `GET /enforcementstatus`.
@Path("enforcementstatus")
@Consumes(MediaType.WILDCARD)
public class EnforcementStatusEndpoint {
    /// Announcing and compiling take milliseconds, so who does not wait for enforcers waits for
    /// these.
    private static final Duration BARRIER = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(20);

    /// A request that waits holds one of the gateway's connections, of which everybody else needs
    /// some. One more than these is answered at once.
    private static final int MOST_WAITING = 16;

    private final OutboxProgress outbox;
    private final RevisionBarrier barrier;
    private final ConcernedEnforcers enforcers;
    private final CurrentPolicies policies;
    private final CurrentDirectories directories;
    private final EnforcerReceipts receipts;
    private final CurrentCaller current;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    EnforcementStatusEndpoint(
            OutboxProgress outbox,
            RevisionBarrier barrier,
            ConcernedEnforcers enforcers,
            CurrentPolicies policies,
            CurrentDirectories directories,
            EnforcerReceipts receipts,
            CurrentCaller current) {
        this.outbox = outbox;
        this.barrier = barrier;
        this.enforcers = enforcers;
        this.policies = policies;
        this.directories = directories;
        this.receipts = receipts;
        this.current = current;
    }

    @GET
    public Uni<Response> status(
            @jakarta.ws.rs.core.Context UriInfo uri,
            @jakarta.ws.rs.core.Context HttpHeaders headers) {
        StatusQuestion question = StatusQuestion.read(uri.getQueryParameters());
        String namespace = current.inNamespace().namespace();
        Executor here = here();
        boolean waits = !question.patience().isZero() && places.tryAcquire();
        Duration patience = waits ? question.patience() : Duration.ZERO;
        Deadline settled = Deadline.in(patience);
        Deadline compiled = patience.compareTo(BARRIER) > 0 ? settled : Deadline.in(BARRIER);
        return outbox.newest()
                .map(question::revisionUpTo)
                .chain(revision ->
                        barrier.reach(revision, compiled)
                                .emitOn(here)
                                .chain(reached ->
                                        answer(question, namespace, revision, reached, settled)))
                .map(answer -> Wire.answer(headers, answer))
                .onTermination()
                .invoke(() -> {
                    if (waits) {
                        places.release();
                    }
                });
    }

    /// The database is asked on the event loop that the request came on.
    private static Executor here() {
        Context asking = Vertx.currentContext();
        return asking == null ? Runnable::run : work -> asking.runOnContext(_ -> work.run());
    }

    private Uni<ObjectNode> answer(
            StatusQuestion question,
            String namespace,
            long revision,
            Reached reached,
            Deadline deadline) {
        return enforcers
                .in(namespace, question.recursive())
                .map(concerned -> new Delivery(concerned, policies, directories, receipts))
                .call(delivery -> settled(delivery, reached, deadline))
                .map(delivery ->
                        new StatusAnswer(namespace, revision, reached, delivery.standings())
                                .json());
    }

    /// Looking may compile what another instance sends.
    private static Uni<Boolean> settled(Delivery delivery, Reached reached, Deadline deadline) {
        Uni<Boolean> look =
                Uni.createFrom()
                        .item(delivery::look)
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return reached == Reached.COMPILED
                ? look.repeat()
                        .withDelay(PAUSE)
                        .whilst(settled -> !settled && !deadline.isOver())
                        .collect()
                        .last()
                : look;
    }

    @Produces
    @Singleton
    static OperationDeclaration operation() {
        return OperationDeclaration.get(
                        "/enforcementstatus", "See which enforcers enforce what is stored")
                .with(
                        "revision",
                        "integer",
                        "Up to which change; without it, whatever is stored now")
                .with(
                        "wait",
                        "string",
                        "How long to wait until it is enforced, such as 5s; at most 20s")
                .with("recursive", "boolean", "Namespaces below as well; true unless said")
                .answering(
                        Content.object(
                                "enforcementstatus",
                                text("namespace"),
                                whole("revision"),
                                enumeration(
                                        "status",
                                        "Announcing",
                                        "Compiling",
                                        "Delivering",
                                        "Enforced",
                                        "Refused"),
                                whole("total"),
                                whole("enforced"),
                                whole("pending"),
                                whole("unreachable"),
                                whole("refused"),
                                text("text"),
                                nested(
                                        "slowest",
                                        text("ID"),
                                        text("name"),
                                        text("namespace"),
                                        whole("milliseconds")),
                                nestedList(
                                        "unsettled",
                                        text("ID"),
                                        text("name"),
                                        text("namespace"),
                                        enumeration("status", "Refused", "Pending", "Unreachable"),
                                        whole("version"),
                                        text("error"))));
    }
}
