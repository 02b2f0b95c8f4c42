package io.ringfence.policy.heartbeat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.Filter.Compare;
import io.ringfence.protocol.filter.Filter.Value;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.store.background.PeriodicWork;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/// Marks enforcers that have not been heard of for five minutes as unreachable. The mark goes with
/// the next poke. Several instances look at the same time and one of them marks.
@ApplicationScoped
class HeartbeatWatch implements PeriodicWork {
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(HeartbeatWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final int BATCH = 500;

    private final Resources resources;
    private final Transactions transactions;
    private final Clock clock;

    HeartbeatWatch(Resources resources, Transactions transactions, Clock clock) {
        this.resources = resources;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "heartbeat-watch";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public String whenItFails() {
        return "Silent enforcers are looked for later";
    }

    @Override
    public void turn() throws Throwable {
        look();
    }

    /// Answers how many were marked.
    int look() throws Throwable {
        int marked = 0;
        int batch;
        do {
            batch =
                    VertxContextSupport.subscribeAndAwait(
                            () -> transactions.run(transaction -> mark(transaction)));
            marked += batch;
        } while (batch == BATCH);
        return marked;
    }

    private Uni<Integer> mark(Transaction transaction) {
        ResourceDeclaration enforcers =
                resources.identified(WorkloadIdentity.ENFORCER).orElseThrow();
        Selection silent =
                Selection.of(Scope.everywhere())
                        .where(
                                new Filter.And(
                                        List.of(
                                                new Compare(
                                                        "unreachable",
                                                        Comparator.EQUAL,
                                                        new Value.Bool(false)),
                                                new Compare(
                                                        "lastSyncTime",
                                                        Comparator.LESS,
                                                        new Value.Time(
                                                                clock.instant().minus(PATIENCE))))))
                        .firstOnly(BATCH);
        return transaction
                .exclusively("heartbeat watch")
                .chain(() -> transaction.list(enforcers, silent))
                .call(found -> markAll(enforcers, found, transaction))
                .map(List::size);
    }

    private Uni<Void> markAll(
            ResourceDeclaration enforcers, List<ObjectNode> found, Transaction transaction) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (ObjectNode enforcer : found) {
            LOG.infof(
                    "Enforcer %s in %s has been silent since %s",
                    enforcer.path("ID").asText(),
                    enforcer.path("namespace").asText(),
                    enforcer.path("lastSyncTime").asText());
            done = done.chain(() -> mark(enforcers, enforcer.path("ID").asText(), transaction));
        }
        return done;
    }

    private Uni<Void> mark(ResourceDeclaration enforcers, String id, Transaction transaction) {
        return transaction
                .lock(enforcers, id)
                .chain(found ->
                        found.filter(this::isSilent)
                                .map(enforcer ->
                                        transaction
                                                .update(
                                                        enforcers,
                                                        enforcer.put("unreachable", true))
                                                .replaceWithVoid())
                                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /// It may have poked since it was listed.
    private boolean isSilent(ObjectNode enforcer) {
        return enforcer.path("lastSyncTime").asText().compareTo(latest()) < 0;
    }

    private String latest() {
        return Times.text(clock.instant().minus(PATIENCE));
    }
}
