package io.ringfence.store.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.testkit.service.ConsoleServers;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a transaction whose statements are not all waited for.
@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class SessionsIT {
    private static final String WRITE = "insert into session_note (text) values ($1)";
    private static final String WRONG = "select 1 / cast($1 as int)";

    @Inject Sessions sessions;

    @BeforeEach
    void make() throws Throwable {
        read("create table session_note (text text primary key)");
    }

    @AfterEach
    void drop() throws Throwable {
        read("drop table session_note");
    }

    @Test
    void commitsWhatWasSentWithoutWaiting() throws Throwable {
        commit(session -> session.send(WRITE, List.of("a")).chain(() -> write(session, "b")));
        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void aFailureThatNobodyWaitedForUndoesAll() throws Throwable {
        assertThatThrownBy(() ->
                        commit(session ->
                                write(session, "a").chain(() -> session.send(WRONG, List.of(0)))))
                .hasMessageContaining("nothing is stored")
                .cause()
                .hasMessageContaining("division by zero");
        assertThat(notes()).isZero();
    }

    @Test
    void whatFollowsAFailureFailsForItsReason() {
        assertThatThrownBy(() ->
                        commit(session ->
                                session.send(WRONG, List.of(0)).chain(() -> write(session, "a"))))
                .isInstanceOf(PgException.class)
                .hasMessageContaining("division by zero");
    }

    @Test
    void aFailureIsNotForgottenByWhoRecovers() throws Throwable {
        assertThatThrownBy(() ->
                        commit(session ->
                                write(session, "a")
                                        .chain(() -> session.run(WRONG, List.of(0)))
                                        .replaceWithVoid()
                                        .onFailure()
                                        .recoverWithNull()))
                .hasMessageContaining("nothing is stored");
        assertThat(notes()).isZero();
    }

    @Test
    void aRehearsalLeavesNothing() throws Throwable {
        VertxContextSupport.subscribeAndAwait(
                () -> sessions.rehearse(session -> write(session, "a")));
        assertThat(notes()).isZero();
    }

    @Test
    void aCancelledTransactionLetsGoOfWhatItHolds() throws Throwable {
        CountDownLatch written = new CountDownLatch(1);
        Cancellable waiting =
                sessions.commit(session ->
                                write(session, "a")
                                        .invoke(written::countDown)
                                        .chain(() -> Uni.createFrom().nothing()))
                        .subscribe()
                        .with(done -> {});
        assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
        waiting.cancel();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(openTransactions()).isZero());
        commit(session -> write(session, "a"));
        assertThat(notes()).isEqualTo(1);
    }

    private static Uni<Void> write(Session session, String text) {
        return session.run(WRITE, List.of(text)).replaceWithVoid();
    }

    private void commit(Function<Session, Uni<Void>> work) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> sessions.commit(work));
    }

    private long notes() throws Throwable {
        return read("select count(*) from session_note");
    }

    private long openTransactions() throws Throwable {
        return read(
                """
                select count(*) from pg_locks
                where relation = 'session_note'::regclass and mode = 'RowExclusiveLock'
                """);
    }

    private long read(String sql) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() ->
                sessions.read(session ->
                        session.run(sql, List.of())
                                .map(rows ->
                                        rows.size() == 0
                                                ? 0L
                                                : rows.iterator().next().getLong(0))));
    }
}
