package io.ringfence.store.things;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.AssertedClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// The running service, as its tests speak to it.
final class Things {
    private static final AtomicInteger TENANTS = new AtomicInteger();

    private Things() {}

    /// The administrator in a namespace that nobody else uses.
    static AssertedClient client() {
        return AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE, "things-service")
                .in("/things" + TENANTS.incrementAndGet());
    }

    /// JSON with single quotes.
    static String json(String text) {
        return text.replace('\'', '"');
    }

    static JsonNode created(AssertedClient client, String plural, String text) {
        return ok(client.post("/" + plural, json(text)));
    }

    static String path(JsonNode thing) {
        return "/things/" + thing.path("ID").asText();
    }

    static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return body(answer);
    }

    static JsonNode body(HttpResponse<String> answer) {
        return BodyFormat.JSON.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /// The answer is the error array with this code and, unless empty, this attribute.
    static String refused(HttpResponse<String> answer, int code, String attribute) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        JsonNode error = body(answer).path(0);
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("data").path("attribute").asText()).isEqualTo(attribute);
        return error.path("description").asText();
    }
}
