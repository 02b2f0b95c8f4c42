package io.ringfence.store.things;

import static io.ringfence.store.things.Things.body;
import static io.ringfence.store.things.Things.created;
import static io.ringfence.store.things.Things.json;
import static io.ringfence.store.things.Things.ok;
import static io.ringfence.store.things.Things.path;
import static io.ringfence.store.things.Things.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Filters, pages, forms of the answer.
@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class ReadsIT {
    private static final String MESSAGE_PACK = "application/msgpack";

    private final AssertedClient client = Things.client();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    equal                  | name == b                                 | b
                    not equal              | name != b                                 | a c
                    a word with blanks     | box == "in the corner"                    | c
                    an empty text          | box == ""                                 | a
                    a quote in a value     | box == "it's \\"x\\""                     | b
                    a truth                | heavy == true                             | a
                    less                   | size < 2                                  | a
                    less or equal          | size <= 2                                 | a b
                    greater                | weight > 1.4                              | b c
                    greater or equal       | size >= 2                                 | b c
                    a date                 | due > date("2026-01-02")                  | b c
                    a moment               | due == date("2026-01-02T10:00:00+01:00")  | b
                    now                    | due < now() and due > now("-200000h")    | a b
                    just made              | createTime > now("-1h")                   | a b c
                    contains one of        | associatedTags contains ["x=1", "x=9"]    | a b
                    contains none of       | associatedTags not contains ["x=1"]       | c
                    a derived tag          | normalizedTags contains ["$name=c"]       | c
                    a list as one          | labels == red                             | a
                    in                     | name in [a, "c", z]                       | a c
                    not in                 | color not in [Red]                        | b
                    whole numbers in       | size in [1, 3]                            | a c
                    matches                | name matches ["^[ab]$"]                   | a b
                    matches in a list      | labels matches ["^gr"]                    | b
                    exists                 | shape exists                              | a
                    not exists             | shape not exists                          | b c
                    an inner attribute     | lock.kind == steel                        | a
                    an inner one differs   | lock.kind != steel                        | b c
                    in a list of objects   | parts.kind == wheel                       | b c
                    a number in one        | parts.count == 4                          | b
                    none in a list         | parts.kind not in [wheel]                 | a
                    and                    | heavy == false and size < 3               | b
                    or                     | name == a or size == 3                    | a c
                    parentheses            | (name == a or name == b) and (size == 2)  | b
                    capitals               | name == a OR name IN [c]                  | a c
                    an injection           | name == "a' or '1'='1"                    | ``
                    """)
    void filters(String sentence, String filter, String names) {
        created(
                client,
                "things",
                """
                {'name': 'a', 'size': 1, 'weight': 1, 'heavy': true, 'shape': 'round', 'labels': ['red'],
                 'due': '2026-01-01T10:00:00Z', 'associatedTags': ['x=1'], 'lock': {'kind': 'steel'}}
                """);
        created(
                client,
                "things",
                """
                {'name': 'b', 'size': 2, 'weight': 1.5, 'color': 'Green', 'box': 'it\\u0027s \\u0022x\\u0022',
                 'labels': ['green'], 'due': '2026-01-02T09:00:00Z', 'associatedTags': ['x=1', 'x=2'],
                 'parts': [{'kind': 'wheel', 'count': 4}]}
                """);
        created(
                client,
                "things",
                """
                {'name': 'c', 'size': 3, 'weight': 2, 'box': 'in the corner', 'due': '2126-01-01T00:00:00Z',
                 'parts': [{'kind': 'door'}, {'kind': 'wheel', 'count': 2}]}
                """);
        String query =
                "/things?order=name&q="
                        + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");

        assertThat(String.join(" ", ok(client.get(query)).findValuesAsText("name")))
                .isEqualTo(names);
        assertThat(client.head(query).headers().firstValue("X-Count-Total"))
                .contains(String.valueOf(names.isEmpty() ? 0 : names.split(" ").length));
    }

    @ParameterizedTest(name = "by {0}")
    @CsvSource({"ID", "name", "-name", "size", "-createTime", "heavy", "lock.kind"})
    void walksAllPagesWhileOthersInsert(String order) throws Exception {
        List<String> existing = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            existing.add(
                    created(
                                    client,
                                    "things",
                                    "{'name': 'n%d', 'size': %d, 'heavy': %b}"
                                            .formatted(i % 7, i % 5, i % 2 == 0))
                            .path("ID")
                            .asText());
        }
        AtomicBoolean walking = new AtomicBoolean(true);
        Thread others =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; walking.get(); i++) {
                                created(
                                        client,
                                        "things",
                                        "{'name': 'n%d', 'size': %d}".formatted(i % 7, i % 5));
                            }
                        });
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            HttpResponse<String> page = client.get("/things?limit=3&order=" + order + after);
            seen.addAll(ok(page).findValuesAsText("ID"));
            Optional<String> next = page.headers().firstValue("X-Next");
            after = next.map(cursor -> "&after=" + cursor).orElse("");
        } while (!after.isEmpty() && seen.size() < 1_000);
        walking.set(false);
        others.join();

        assertThat(seen).doesNotHaveDuplicates().containsAll(existing);
    }

    @Test
    void countsPages() {
        for (String name : List.of("a", "b", "c")) {
            created(client, "things", "{'name': '%s'}".formatted(name));
        }
        HttpResponse<String> second = client.get("/things?order=-name&page=2&pagesize=2");
        assertThat(ok(second).findValuesAsText("name")).containsExactly("a");
        assertThat(second.headers().firstValue("X-Count-Total")).contains("3");
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource({
        "page=1&limit=2",
        "after=x&page=1",
        "after=bm9uZQ",
        "order=name&order=size&after=NmIwMDAwMDAwMDAwMDAwMDAwMDAwMDAx",
        "order=size&after=NmIwMDAwMDAwMDAwMDAwMDAwMDAwMDAxeHl6",
        "order=password",
        "q=password%20==%20a",
        "colour=red"
    })
    void refusesParameters(String query) {
        refused(client.get("/things?" + query), 400, "");
    }

    @Test
    void hidesArchivedOnesUntilAsked() {
        created(client, "things", "{'name': 'a', 'archived': true}");
        assertThat(ok(client.get("/things"))).isEmpty();
        assertThat(ok(client.get("/things?archived=true"))).hasSize(1);
    }

    @Test
    void speaksMessagePackBothWays() {
        byte[] sent =
                BodyFormat.MESSAGE_PACK.write(
                        ThingResources.things(),
                        BodyFormat.JSON.readObject(
                                json("""
                                {'name': 'a', 'size': 5000000000, 'weight': 0.1, 'due': '2026-11-27T10:11:12.345Z',
                                 'createTime': null, 'lock': {'since': '2026-11-27T10:11:12.000Z'},
                                 'labels': [], 'info': {'k': 'v'}}
                                """)
                                        .getBytes(StandardCharsets.UTF_8)));
        HttpResponse<byte[]> made = packed("POST", "/things", sent);
        JsonNode thing = BodyFormat.MESSAGE_PACK.read(made.body());

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.headers().firstValue("Content-Type")).contains(MESSAGE_PACK);
        assertThat(thing).isEqualTo(ok(client.get(path(thing))));
        assertThat(thing.path("size").longValue()).isEqualTo(5_000_000_000L);
        assertThat(thing.path("due").asText()).isEqualTo("2026-11-27T10:11:12.345Z");
        assertThat(BodyFormat.MESSAGE_PACK.read(packed("GET", "/things", null).body()).get(0))
                .isEqualTo(thing);
        assertThat(packed("PUT", path(thing), made.body()).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> error = packed("PUT", path(thing), made.body());
        assertThat(error.statusCode()).isEqualTo(422);
        assertThat(
                        BodyFormat.MESSAGE_PACK
                                .read(error.body())
                                .path(0)
                                .path("data")
                                .path("attribute")
                                .asText())
                .isEqualTo("updateTime");
        assertThat(packed("POST", "/things", new byte[] {(byte) 0xc1}).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesOtherTypesAndAnswersOthersAsJson() {
        HttpResponse<String> text =
                client.send(
                        client.request("POST", "/things", "name: a")
                                .setHeader("Content-Type", "application/yaml")
                                .build(),
                        BodyHandlers.ofString());
        refused(text, 415, "");
        HttpResponse<String> page =
                client.send(
                        client.request("GET", "/things", null)
                                .setHeader("Accept", "text/html")
                                .header("X-Read-Consistency", "strong")
                                .header("X-Write-Consistency", "strong")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(page.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(body(page).isArray()).isTrue();
    }

    private HttpResponse<byte[]> packed(String method, String path, byte @Nullable [] body) {
        return client.send(
                client.request(method, path, null)
                        .setHeader("Content-Type", MESSAGE_PACK)
                        .setHeader("Accept", MESSAGE_PACK)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }
}
