package io.ringfence.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Speaks to the service in short sentences: bodies in single quotes, answers as trees.
public record PolicyClient(AssertedClient http) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static PolicyClient in(String namespace) {
        return new PolicyClient(
                AssertedClient.of(TestInstallation.get(), Principal.POLICY_SERVICE).in(namespace));
    }

    public PolicyClient enforcer(String id) {
        return new PolicyClient(
                http.as(Callers.enforcer(id, http.namespace()), Callers.ENFORCER_ROLE));
    }

    public JsonNode get(String path) {
        return ok(http.get(path));
    }

    public List<String> names(String path) {
        return get(path).findValuesAsText("name");
    }

    public JsonNode post(String path, String body) {
        return ok(http.post(path, json(body)));
    }

    public JsonNode patch(String path, String body) {
        return ok(http.patch(path, json(body)));
    }

    public void delete(String path) {
        ok(http.delete(path));
    }

    /// Refused with 422, naming the attribute.
    public String refused(String path, String body, String attribute) {
        HttpResponse<String> answer = http.post(path, json(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"attribute\":\"" + attribute + "\"");
        return answer.body();
    }

    public static String filter(String filter) {
        return "q=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    public static String json(String body) {
        return body.replace('\'', '"');
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    /// As identity-service announces it.
    public static void announce(ObjectFixture namespace, String name, long revision) {
        TestKafka.of(TestInstallation.get())
                .writeObject(
                        Topic.NAMESPACE_CHANGED.topicName(),
                        name,
                        namespace.id(),
                        namespace.toState(revision).toByteArray());
    }

    public static void announce(String... names) {
        for (String name : names) {
            announce(ObjectFixture.namespace(name), name, 1);
        }
    }
}
