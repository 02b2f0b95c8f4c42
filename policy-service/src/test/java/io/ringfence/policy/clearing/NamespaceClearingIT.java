package io.ringfence.policy.clearing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// With the records identity-service writes.
@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class NamespaceClearingIT {
    private static final String RULESET = "{\"name\":\"a\",\"subject\":[[\"app=a\"]]}";

    private final TestInstallation installation = TestInstallation.get();
    private final AssertedClient client = AssertedClient.of(installation, Principal.POLICY_SERVICE);

    @Test
    void deletesWhatLivedInADeletedNamespace() {
        ObjectFixture doomed = announced("/clearing/doomed");
        announced("/clearing/doomedtoo");
        announced("/clearing");
        create("/clearing/doomed");
        create("/clearing/doomed");
        create("/clearing/doomedtoo");
        create("/clearing");

        write("/clearing/doomed", doomed.id(), null);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(count("/clearing/doomed")).isEqualTo("0"));
        assertThat(count("/clearing/doomedtoo")).isEqualTo("1");
        assertThat(count("/clearing")).isEqualTo("1");
    }

    private ObjectFixture announced(String name) {
        ObjectFixture namespace = ObjectFixture.namespace(name);
        write(name, namespace.id(), namespace.toState(1).toByteArray());
        return namespace;
    }

    private void create(String namespace) {
        HttpResponse<String> answer = client.in(namespace).post("/networkrulesetpolicies", RULESET);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String count(String namespace) {
        return client.in(namespace)
                .head("/networkrulesetpolicies")
                .headers()
                .firstValue("X-Count-Total")
                .orElseThrow();
    }

    private void write(String namespace, String id, byte @Nullable [] value) {
        TestKafka.of(installation)
                .writeObject(Topic.NAMESPACE_CHANGED.topicName(), namespace, id, value);
    }
}
