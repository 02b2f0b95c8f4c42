package io.ringfence.bench.distribution;

import io.ringfence.bench.stack.BareHops;
import io.ringfence.bench.stack.Stack;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.postgresql.PGConnection;

/// The steps of a change with nothing of ours in them: a request over TLS through a proxy to an
/// endpoint ([BareHops]), an object locked, another one read, the first written together with a row
/// for an outbox, the commit; the outbox woken and read, and then [BarePath]'s topics and
/// websocket. Sizes are those of the product's policies.
final class BareChange implements AutoCloseable {
    private static final int OBJECTS = 1_000;
    private static final int WAKE_MILLISECONDS = 250;
    private static final String WRITE =
            """
            with written as (
                update bench.object set body = ?, revision = revision + 1 where id = ? returning 1)
            insert into bench.outbox (body) select ? from written
            """;

    private final BarePath path;
    private final BareHops hops;
    private final HttpClient http;
    private final HttpRequest request;
    private final byte[] payload;
    private final Connection database;
    private final PreparedStatement lock;
    private final PreparedStatement read;
    private final PreparedStatement write;
    private final Connection outbox;
    private final Thread publisher;
    private volatile boolean closed;
    private int next;

    /// @param payloadBytes of request and answer, rows, records and message
    static BareChange open(Path home, Stack stack, BarePath path, int payloadBytes)
            throws IOException, SQLException {
        BareHops hops = BareHops.start(home, stack, stack.freePorts(), payloadBytes);
        try {
            return new BareChange(stack, path, hops, payloadBytes);
        } catch (SQLException failed) {
            hops.close();
            throw failed;
        }
    }

    private BareChange(Stack stack, BarePath path, BareHops hops, int payloadBytes)
            throws IOException, SQLException {
        this.path = path;
        this.hops = hops;
        this.payload = new byte[payloadBytes];
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(TlsContexts.trusting(Pem.readCertificate(stack.authority())))
                        .build();
        this.request =
                HttpRequest.newBuilder(URI.create(hops.url()))
                        .POST(BodyPublishers.ofByteArray(payload))
                        .build();
        this.database = BarePath.database(stack);
        lay();
        this.lock =
                database.prepareStatement(
                        "select body, revision from bench.object where id = ? for no key update");
        this.read = database.prepareStatement("select body from bench.object where id = ?");
        this.write = database.prepareStatement(WRITE);
        this.outbox = BarePath.database(stack);
        outbox.setAutoCommit(true);
        try (Statement statement = outbox.createStatement()) {
            statement.execute("set synchronous_commit = off");
            statement.execute("listen bench_outbox");
        }
        this.publisher = Thread.ofPlatform().name("bench.outbox").daemon().start(this::publish);
    }

    private void lay() throws SQLException {
        try (Statement statement = database.createStatement();
                PreparedStatement insert =
                        database.prepareStatement(
                                "insert into bench.object (id, body) values (?, ?)")) {
            statement.execute(
                    "create table bench.object (id text primary key, body bytea, revision bigint"
                            + " not null default 0)");
            statement.execute(
                    "create table bench.outbox (id bigserial primary key, body bytea not null)");
            statement.execute(
                    """
                    create function bench.announce() returns trigger language plpgsql as $$
                    begin perform pg_notify('bench_outbox', ''); return null; end $$
                    """);
            statement.execute(
                    "create trigger announce after insert on bench.outbox for each statement"
                            + " execute function bench.announce()");
            for (int number = 0; number < OBJECTS; number++) {
                insert.setString(1, id(number));
                insert.setBytes(2, payload);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        database.commit();
    }

    private static String id(int number) {
        return "object-" + number % OBJECTS;
    }

    /// @return milliseconds from before the request to the message's arrival
    double once() throws IOException, SQLException, InterruptedException, TimeoutException {
        long began = System.nanoTime();
        int status = http.send(request, BodyHandlers.ofByteArray()).statusCode();
        if (status != 200) {
            throw new IllegalStateException("the bare hops answered " + status);
        }
        store(next++);
        return (path.awaitArrival() - began) / 1e6;
    }

    private void store(int number) throws SQLException {
        one(lock, id(number));
        one(read, id(number + 1));
        write.setBytes(1, payload);
        write.setString(2, id(number));
        write.setBytes(3, payload);
        write.executeUpdate();
        database.commit();
    }

    private static void one(PreparedStatement query, String id) throws SQLException {
        query.setString(1, id);
        try (ResultSet found = query.executeQuery()) {
            if (!found.next()) {
                throw new IllegalStateException("there is no " + id);
            }
            found.getBytes(1);
        }
    }

    private void publish() {
        try (PreparedStatement oldest =
                        outbox.prepareStatement(
                                "select id, body from bench.outbox order by id limit 500");
                PreparedStatement delete =
                        outbox.prepareStatement("delete from bench.outbox where id = ?")) {
            while (!closed) {
                if (!publishOne(oldest, delete)) {
                    outbox.unwrap(PGConnection.class).getNotifications(WAKE_MILLISECONDS);
                }
            }
        } catch (SQLException | ExecutionException failed) {
            throw new IllegalStateException("the bare outbox has ended", failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Only one can be there: the next change waits for this one's arrival.
    private boolean publishOne(PreparedStatement oldest, PreparedStatement delete)
            throws SQLException, InterruptedException, ExecutionException {
        try (ResultSet row = oldest.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            path.send(row.getBytes(2)).get();
            delete.setLong(1, row.getLong(1));
            delete.executeUpdate();
            return true;
        }
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        closed = true;
        publisher.join();
        outbox.close();
        database.close();
        http.close();
        hops.close();
    }
}
