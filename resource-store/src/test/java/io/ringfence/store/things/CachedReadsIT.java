package io.ringfence.store.things;

import static io.ringfence.store.things.Things.body;
import static io.ringfence.store.things.Things.created;
import static io.ringfence.store.things.Things.json;
import static io.ringfence.store.things.Things.ok;
import static io.ringfence.store.things.Things.path;
import static io.ringfence.store.things.Things.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.identity.Header;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A read of one object that was read before does not need the database, and never tells what is
/// over.
@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class CachedReadsIT {
    private final AssertedClient client = Things.client();

    @Inject AgroalDataSource database;

    @Test
    void aSecondReadDoesNotAskTheDatabase() throws SQLException {
        JsonNode thing = remembered("a");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table object in access exclusive mode");
            assertThat(ok(client.get(path(thing)))).isEqualTo(thing);
            connection.rollback();
        }
    }

    @Test
    void aReadAfterAWriteSeesIt() {
        JsonNode thing = remembered("b");
        for (int size = 1; size <= 50; size++) {
            ok(client.put(path(thing), json("{'name': 'b', 'size': %d}".formatted(size))));
            assertThat(ok(client.get(path(thing))).path("size").asInt()).isEqualTo(size);
        }
        ok(client.delete(path(thing)));
        refused(client.get(path(thing)), 404, "");
    }

    @Test
    void aReadSeesWhatAnotherInstanceWrote() throws SQLException {
        JsonNode thing = remembered("c");
        String id = thing.path("ID").asText();
        change("update object set body = jsonb_set(body, '{size}', '7') where id = ?", id);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> body(client.get(path(thing))).path("size").asInt() == 7);
        change("delete from object where id = ?", id);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> client.get(path(thing)).statusCode() == 404);
    }

    @Test
    void nothingIsRememberedWhileChangesGoUnheard() throws SQLException {
        JsonNode thing = remembered("e");
        String id = thing.path("ID").asText();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            ResultSet ended =
                    statement.executeQuery(
                            """
                            select pg_terminate_backend(pid, 5000) from pg_stat_activity
                            where application_name = 'object-changes' and usename = current_user
                            """);
            assertThat(ended.next() && ended.getBoolean(1)).isTrue();
            statement.execute(
                    "alter table object disable trigger object_changed;"
                            + " update object set body = jsonb_set(body, '{size}', '9') where id = '"
                            + id
                            + "'; alter table object enable trigger object_changed");
            connection.commit();
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> body(client.get(path(thing))).path("size").asInt() == 9);
        await().atMost(Duration.ofSeconds(5)).until(this::isListening);
        aSecondReadDoesNotAskTheDatabase();
    }

    private boolean isListening() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet listening =
                        statement.executeQuery(
                                """
                                select 1 from pg_stat_activity
                                where application_name = 'object-changes' and usename = current_user
                                    and query like 'listen %'
                                """)) {
            return listening.next();
        }
    }

    @Test
    void anotherNamespaceDoesNotSeeWhatIsRemembered() {
        JsonNode thing = remembered("d");
        refused(client.in("/things-elsewhere").get(path(thing)), 404, "");
    }

    /// With a parameter, the same question goes through the endpoint.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Accept, application/json",
        "Accept, 'text/html, application/msgpack;q=0.9'",
        "Accept, text/html",
        "X-Fields, 'name,ID'",
        "X-Fields, nothing",
        "Idempotency-Key, key",
        "Idempotency-Key, not a key",
    })
    void whatIsRememberedIsAnsweredAsTheEndpointDoes(String header, String value) {
        JsonNode thing =
                created(client, "things", "{'name': 'f', 'password': 'secret', 'raw': 'é'}");
        JsonNode box = created(client, "boxes", "{'name': 'f'}");
        for (String path : List.of(path(thing), "/boxes/" + box.path("ID").asText())) {
            ok(client.get(path));

            HttpResponse<byte[]> remembered = answer(path, header, value);
            HttpResponse<byte[]> endpoint = answer(path + "?recursive=false", header, value);

            assertThat(remembered.statusCode()).isEqualTo(endpoint.statusCode());
            assertThat(remembered.headers().map()).isEqualTo(endpoint.headers().map());
            if (remembered.statusCode() == 200) {
                assertThat(remembered.body()).isEqualTo(endpoint.body());
            }
        }
    }

    private HttpResponse<byte[]> answer(String path, String header, String value) {
        return client.send(
                client.request("GET", path, null).setHeader(header, value).build(),
                BodyHandlers.ofByteArray());
    }

    @Test
    void whatIsRememberedIsForCallersOfTheGatewayOnly() {
        String path = path(remembered("g"));
        HttpRequest other = client.request("GET", "/things", null).build();
        String foreign = other.headers().firstValue(Header.ASSERTION).orElseThrow();

        refused(
                sent(client.request("GET", path, null).setHeader(Header.ASSERTION, foreign)),
                401,
                "");
        refused(sent(client.request("GET", path, null).setHeader(Header.NAMESPACE, "/")), 401, "");
        refused(
                sent(client.request("GET", path, null).setHeader(Header.KEY_TICKET, "none")),
                401,
                "");
        refused(sent(HttpRequest.newBuilder(client.service().resolve(path))), 401, "");
    }

    private HttpResponse<String> sent(HttpRequest.Builder request) {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /// The statement commits on a connection of its own, as another instance's would.
    private void change(String sql, String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private JsonNode remembered(String name) {
        JsonNode thing = created(client, "things", "{'name': '%s'}".formatted(name));
        return ok(client.get(path(thing)));
    }
}
