package io.ringfence.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.testkit.service.ConsoleServers;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who holds a text alone and who holds it together, by transactions that are kept open.
@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class TurnsIT {
    private static final String TEXT = "a rule";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Transactions transactions;
    @Inject Resources resources;
    @Inject AgroalDataSource database;

    private final List<Open> opened = new ArrayList<>();

    /// A transaction that has got what it asked for once `has` completes, and ends with `end`.
    private record Open(CompletableFuture<Void> has, CompletableFuture<Void> end, Thread thread) {
        void got() {
            has.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    private Open open(Function<Transaction, Uni<?>> asking) {
        CompletableFuture<Void> has = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                VertxContextSupport.subscribeAndAwait(() ->
                                        transactions.run(transaction ->
                                                asking.apply(transaction)
                                                        .invoke(() -> has.complete(null))
                                                        .chain(() ->
                                                                Uni.createFrom()
                                                                        .completionStage(end))));
                            } catch (Throwable e) {
                                has.completeExceptionally(e);
                            }
                        });
        Open one = new Open(has, end, thread);
        opened.add(one);
        return one;
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Open each : opened) {
            each.end().complete(null);
        }
        for (Open each : opened) {
            each.thread().join(SOON);
        }
    }

    @Test
    void anyNumberHoldItTogether() {
        open(transaction -> transaction.together(TEXT)).got();
        open(transaction -> transaction.together(TEXT)).got();
        String thing = stored();
        open(transaction -> transaction.lock(things(), thing, TEXT)).got();
    }

    @Test
    void whoHoldsItAloneWaitsForThose() {
        Open together = open(transaction -> transaction.together(TEXT));
        together.got();
        Open alone = open(transaction -> transaction.exclusively(TEXT));
        awaitWaiting(1);
        assertThat(alone.has()).isNotDone();

        together.end().complete(null);

        alone.got();
    }

    /// The object too is left alone meanwhile, or the two would wait for each other.
    @Test
    void aLockWaitsForItBeforeTheObject() {
        String thing = stored();
        Open alone = open(transaction -> transaction.exclusively(TEXT));
        alone.got();
        Open together = open(transaction -> transaction.lock(things(), thing, TEXT));
        awaitWaiting(1);
        assertThat(together.has()).isNotDone();

        Open other = open(transaction -> transaction.lock(things(), thing));
        other.got();
        other.end().complete(null);
        alone.end().complete(null);

        together.got();
    }

    /// What is locked that way is the newest, though the statement began before it was written.
    @Test
    void whatWasWaitedForIsRead() {
        String thing = stored();
        Open alone =
                open(transaction ->
                        transaction
                                .exclusively(TEXT)
                                .chain(() -> transaction.lock(things(), thing))
                                .chain(found ->
                                        transaction.update(
                                                things(), found.orElseThrow().put("size", 7))));
        alone.got();
        CompletableFuture<ObjectNode> read = new CompletableFuture<>();
        Open together =
                open(transaction ->
                        transaction
                                .lock(things(), thing, TEXT)
                                .invoke(found -> read.complete(found.orElseThrow())));
        awaitWaiting(1);

        alone.end().complete(null);

        together.got();
        assertThat(read.join().path("size").asInt()).isEqualTo(7);
    }

    /// PostgreSQL ends one of the two, and the other has what it asked for.
    @Test
    void whoIsEndedBecauseTwoWaitedForEachOtherIsToldToRepeatIt() {
        String one = stored();
        String other = stored();
        AtomicInteger holding = new AtomicInteger();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        Open there = open(transaction -> lockBoth(transaction, one, other, holding, goOn));
        Open back = open(transaction -> lockBoth(transaction, other, one, holding, goOn));
        await().atMost(SOON).until(() -> holding.get() == 2);

        goOn.complete(null);

        List<Throwable> ended =
                Stream.of(there, back)
                        .map(each -> each.has().orTimeout(SOON.toSeconds(), TimeUnit.SECONDS))
                        .flatMap(has ->
                                has.handle((_, failure) -> Stream.ofNullable(failure)).join())
                        .toList();
        assertThat(ended).singleElement().isInstanceOf(ApiException.class);
        assertThat(((ApiException) ended.getFirst()).status()).isEqualTo(423);
        assertThat(ended.getFirst()).hasMessageContaining("repeat it");
    }

    private Uni<?> lockBoth(
            Transaction transaction,
            String one,
            String other,
            AtomicInteger holding,
            CompletableFuture<Void> goOn) {
        return transaction
                .lock(things(), one)
                .invoke(holding::incrementAndGet)
                .chain(() -> Uni.createFrom().completionStage(goOn))
                .chain(() -> transaction.lock(things(), other));
    }

    private ResourceDeclaration things() {
        return resources.identified("thing").orElseThrow();
    }

    private String stored() {
        CompletableFuture<String> id = new CompletableFuture<>();
        ObjectNode thing =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("ID", ObjectId.fresh())
                        .put("namespace", "/turns")
                        .put("name", "a");
        Open made =
                open(transaction ->
                        transaction
                                .insert(things(), thing)
                                .invoke(object -> id.complete(object.path("ID").asText())));
        made.got();
        made.end().complete(null);
        await().atMost(SOON).until(() -> !made.thread().isAlive());
        return id.join();
    }

    /// Until so many wait for a text.
    private void awaitWaiting(int count) {
        await().atMost(SOON)
                .until(() -> {
                    try (Connection connection = database.getConnection();
                            Statement statement = connection.createStatement();
                            ResultSet waiting =
                                    statement.executeQuery(
                                            """
                                            select count(*) from pg_locks
                                            where locktype = 'advisory' and not granted
                                            """)) {
                        waiting.next();
                        return waiting.getInt(1) == count;
                    }
                });
    }
}
