package io.ringfence.testkit.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.domain.ObjectFixture;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstallationIT {
    private final TestInstallation installation = TestInstallation.get();

    @Test
    void carriesARecordFromWriterToReader() {
        TestKafka kafka = TestKafka.of(installation);
        ObjectFixture unit = ObjectFixture.processingUnit("web-1").tagged("app=web");
        String topic = Topic.PROCESSING_UNIT_CHANGED.topicName();

        try (TopicReader reader = kafka.readFromEnd(topic)) {
            kafka.writeObject(topic, unit.namespace(), unit.id(), unit.toState(1).toByteArray());

            assertThat(reader.awaitKey(unit.id()).value()).isEqualTo(unit.toState(1).toByteArray());
        }
        try (TopicReader reader = kafka.readFromBeginning(topic)) {
            assertThat(reader.readToEnd()).anyMatch(record -> record.key().equals(unit.id()));
        }
    }

    @Test
    void startsWhatAServiceNeedsAndSaysWhereItIs() throws Exception {
        Map<String, String> keys = installation.configurationOf(Principal.METRICS_SERVICE);

        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        keys.get("ringfence.victoria-metrics.url")
                                                                + "/flags"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).contains("-dedup.minScrapeInterval=\"1ms\"");
        assertThat(keys)
                .containsEntry(
                        "quarkus.http.test-ssl-port",
                        Integer.toString(
                                installation
                                        .installation()
                                        .ports()
                                        .service(Principal.METRICS_SERVICE)));
    }

    @Test
    void isTheSameForEverybody() {
        assertThat(TestInstallation.get()).isSameAs(installation);
    }
}
