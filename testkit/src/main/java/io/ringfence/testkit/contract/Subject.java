package io.ringfence.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.testkit.service.AssertedClient;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The resource under test at its service, in a namespace that holds nothing else of it.
record Subject(AssertedClient client, ResourceDeclaration declaration, ResourceContract contract) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NAMES = new AtomicInteger();

    String path() {
        return "/" + declaration.plural();
    }

    String path(ObjectNode object) {
        return path() + "/" + object.path("ID").asText();
    }

    /// A valid create under a name nobody has.
    ObjectNode sample() {
        ObjectNode sample = object(contract.sample());
        if (declaration.has("name")) {
            sample.put("name", "contract" + NAMES.incrementAndGet());
        }
        return sample;
    }

    ObjectNode created() {
        return created(sample());
    }

    ObjectNode created(ObjectNode sample) {
        return ok(post(sample));
    }

    HttpResponse<String> post(ObjectNode body) {
        return client.post(path(), body.toString());
    }

    ObjectNode read(ObjectNode object) {
        return ok(client.get(path(object)));
    }

    List<JsonNode> listed(String query) {
        return listed(client.get(path() + query));
    }

    static List<JsonNode> listed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return tree(answer).valueStream().toList();
    }

    static List<String> ids(List<JsonNode> objects) {
        return objects.stream().map(object -> object.path("ID").asText()).toList();
    }

    static String filter(String filter) {
        return "?q=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    static ObjectNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return (ObjectNode) tree(answer);
    }

    /// The answer is the error array with this code, and one of its errors names the attribute.
    static void refused(HttpResponse<String> answer, int code, String attribute) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        JsonNode errors = tree(answer);
        assertThat(errors.isArray()).as("an array of errors").isTrue();
        assertThat(errors)
                .allSatisfy(error -> {
                    assertThat(error.path("code").asInt()).isPositive();
                    assertThat(error.path("title").asText()).isNotEmpty();
                    assertThat(error.path("description").asText()).isNotEmpty();
                    assertThat(error.path("subject").asText()).isNotEmpty();
                    assertThat(error.path("trace").asText()).isNotEmpty();
                });
        if (!attribute.isEmpty()) {
            assertThat(errors)
                    .as(answer.body())
                    .extracting(error -> error.path("data").path("attribute").asText())
                    .contains(attribute);
        }
    }

    /// What a client may set when it creates an object.
    Stream<Attribute> writable() {
        return declaration.attributes().values().stream().filter(each -> !each.isReadOnly());
    }

    boolean isRewritten(Attribute attribute) {
        return attribute.isSecret() || contract.rewritten().contains(attribute.name());
    }

    static ObjectNode object(String json) {
        return BodyFormat.JSON.readObject(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode tree(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
