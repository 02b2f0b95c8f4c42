package io.ringfence.store.things;

import static io.ringfence.store.things.Things.body;
import static io.ringfence.store.things.Things.created;
import static io.ringfence.store.things.Things.json;
import static io.ringfence.store.things.Things.ok;
import static io.ringfence.store.things.Things.path;
import static io.ringfence.store.things.Things.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Writes that are repeated, that race, and that delete many.
@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class WritesIT {
    private final AssertedClient client = Things.client();

    @Inject AgroalDataSource database;

    private static HttpResponse<String> keyed(
            AssertedClient client, String key, String method, String path, @Nullable String text) {
        return client.send(
                client.request(method, path, text == null ? null : json(text))
                        .header("Idempotency-Key", key)
                        .build(),
                BodyHandlers.ofString());
    }

    private static List<HttpResponse<String>> allAtOnce(
            int times, Callable<HttpResponse<String>> request)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> sent =
                    IntStream.range(0, times).mapToObj(_ -> threads.submit(request)).toList();
            Stream.Builder<HttpResponse<String>> answers = Stream.builder();
            for (Future<HttpResponse<String>> each : sent) {
                answers.add(each.get());
            }
            return answers.build().toList();
        }
    }

    @ParameterizedTest(name = "of {0}")
    @ValueSource(strings = {"things", "boxes"})
    void aHundredReplaysMakeOneObject(String plural) throws Exception {
        String key = UUID.randomUUID().toString();
        List<HttpResponse<String>> answers =
                allAtOnce(100, () -> keyed(client, key, "POST", "/" + plural, "{'name': 'a'}"));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(
                        answers.stream()
                                .map(answer -> answer.headers().allValues("X-Messages"))
                                .distinct())
                .hasSize(1);
        assertThat(ok(client.get("/" + plural))).hasSize(1);
        assertThat(body(answers.getFirst()).path("createIdempotencyKey").asText()).isEqualTo(key);
        HttpResponse<String> later = keyed(client, key, "POST", "/" + plural, "{'name': 'a'}");
        assertThat(later.body()).isEqualTo(answers.getFirst().body());
    }

    @Test
    void everyWriteAnswersItsRepetitionAsItDidFirst() {
        JsonNode thing = created(client, "things", "{'name': 'a'}");
        for (String method : List.of("PATCH", "PUT", "DELETE")) {
            String text =
                    switch (method) {
                        case "PATCH" -> "{'size': 200}";
                        case "PUT" ->
                                ((ObjectNode) ok(client.get(path(thing))))
                                        .put("size", 7)
                                        .toString();
                        default -> null;
                    };
            HttpResponse<String> first = keyed(client, "k", method, path(thing), text);
            HttpResponse<String> second = keyed(client, "k", method, path(thing), text);

            ok(first);
            assertThat(second.statusCode()).as(method + second.body()).isEqualTo(200);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers().allValues("X-Messages"))
                    .isEqualTo(first.headers().allValues("X-Messages"));
        }
    }

    @Test
    void repetitionsMayAskForAnotherFormOfTheAnswer() {
        HttpResponse<String> first = keyed(client, "k", "POST", "/things", "{'name': 'a'}");
        HttpResponse<String> sparse =
                client.send(
                        client.request("POST", "/v/1/things", json("{'name': 'a'}"))
                                .header("Idempotency-Key", "k")
                                .header("X-Fields", "ID")
                                .build(),
                        BodyHandlers.ofString());

        assertThat(body(sparse).properties()).hasSize(1);
        assertThat(body(sparse).path("ID")).isEqualTo(ok(first).path("ID"));
    }

    /// Of a body that may hold a password not even a digest is kept to compare with.
    @Test
    void bodiesWithSecretsAreNotCompared() {
        HttpResponse<String> first =
                keyed(client, "k", "POST", "/things", "{'name': 'a', 'password': 'one'}");
        HttpResponse<String> again =
                keyed(client, "k", "POST", "/things", "{'name': 'a', 'password': 'two'}");

        assertThat(body(again).path("ID")).isEqualTo(ok(first).path("ID"));
    }

    @Test
    void aKeyStandsForOneRequestOfOneCaller() {
        ok(keyed(client, "k", "POST", "/things", "{'name': 'a'}"));

        refused(keyed(client, "k", "POST", "/things?override=true", "{'name': 'a'}"), 422, "");
        refused(keyed(client, "k k", "POST", "/things", "{'name': 'a'}"), 400, "");
        refused(keyed(client, "k".repeat(129), "POST", "/things", "{'name': 'a'}"), 400, "");
        ok(keyed(client, "k", "POST", "/boxes", "{'name': 'a'}"));
        assertThat(refused(keyed(client, "k", "POST", "/boxes", "{'name': 'b'}"), 422, ""))
                .contains("Idempotency-Key", "another body");
        AssertedClient other =
                client.as(
                        Callers.enforcer("6b0000000000000000000001", client.namespace()),
                        Callers.ADMINISTRATOR_ROLE);
        ok(keyed(other, "k", "POST", "/things", "{'name': 'b'}"));
        ok(
                keyed(
                        client.in(client.namespace() + "/child"),
                        "k",
                        "POST",
                        "/things",
                        "{'name': 'c'}"));
        assertThat(ok(client.get("/things?order=name")).findValuesAsText("name"))
                .containsExactly("a", "b");
    }

    @Test
    void aRefusalIsNotRemembered() {
        refused(keyed(client, "k", "POST", "/things", "{'name': ''}"), 422, "name");
        ok(keyed(client, "k", "POST", "/things", "{'name': 'a'}"));
    }

    @Test
    void whatIsShownOnceIsNotKept() throws SQLException {
        String text = "{'name': 'a', 'color': 'Green'}";
        JsonNode first = ok(keyed(client, "once", "POST", "/things", text));
        HttpResponse<String> second = keyed(client, "once", "POST", "/things", text);
        String ticket = first.path("ticket").asText();

        assertThat(ticket).isNotEmpty();
        assertThat(ok(second).path("ID")).isEqualTo(first.path("ID"));
        assertThat(ok(second).path("ticket").asText()).isEmpty();
        assertThat(second.headers().allValues("X-Messages"))
                .singleElement()
                .asString()
                .contains("ticket was shown then");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select a::text from answer a")) {
            while (rows.next()) {
                assertThat(rows.getString(1)).doesNotContain(ticket).doesNotContain("once:");
            }
        }
    }

    @Test
    void ofTwoFullUpdatesOneWins() throws Exception {
        JsonNode thing = created(client, "things", "{'name': 'a'}");
        for (int round = 0; round < 10; round++) {
            String current = client.get(path(thing)).body();
            List<HttpResponse<String>> answers =
                    allAtOnce(2, () -> client.put(path(thing), current));
            assertThat(answers.stream().map(HttpResponse::statusCode))
                    .containsExactlyInAnyOrder(200, 422);
            HttpResponse<String> loser =
                    answers.stream().filter(each -> each.statusCode() == 422).findFirst().get();
            assertThat(refused(loser, 422, "updateTime")).contains("read it again");
        }
    }

    @Test
    void deletesWhatAFilterNames() {
        for (String name : List.of("a", "b", "c")) {
            created(client, "things", "{'name': '%s', 'size': 1}".formatted(name));
        }
        AssertedClient child = client.in(client.namespace() + "/child");
        created(child, "things", "{'name': 'a', 'size': 1}");

        assertThat(refused(client.delete("/things"), 400, "")).contains("'q'");
        refused(client.delete("/things?q=size%20==%201&recursive=true"), 400, "");
        assertThat(
                        ok(client.delete("/things?q=size%20==%201%20and%20name%20!=%20c"))
                                .findValuesAsText("name"))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(ok(client.get("/things")).findValuesAsText("name")).containsExactly("c");
        assertThat(ok(child.get("/things"))).hasSize(1);
        assertThat(ok(client.delete("/things?q=name%20==%20nobody"))).isEmpty();
    }

    @Test
    void deletesAllOrNothing() {
        created(client, "things", "{'name': 'a'}");
        created(client, "things", "{'name': 'b', 'protected': true}");
        String all = "/things?q=name%20exists";

        refused(client.delete(all), 422, "protected");
        assertThat(ok(client.get("/things"))).hasSize(2);
        assertThat(ok(client.delete(all + "&override=true"))).hasSize(2);
    }

    @Test
    void protectsUntilOverridden() {
        JsonNode thing = created(client, "things", "{'name': 'a', 'protected': true}");

        refused(client.patch(path(thing), json("{'size': 1}")), 422, "protected");
        refused(client.delete(path(thing)), 422, "protected");
        ok(client.patch(path(thing) + "?override=true", json("{'size': 1}")));
        ok(client.delete(path(thing) + "?override=true"));
    }
}
