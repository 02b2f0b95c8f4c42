package io.ringfence.store.announced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class LateAnnouncementsIT {
    private static final String ID = "0123456789abcdef0123a0a0";

    @Inject LateAnnouncements late;
    @Inject AgroalDataSource database;

    @Test
    void announcesOnceWhatWasStoredBeforeThereWasATopic() throws Exception {
        assertThat(late.announce()).as("after the start").isZero();
        storeAsAnEarlierBuildDid();

        try (TopicReader topic =
                TestKafka.of(TestInstallation.get())
                        .readFromEnd(Topic.EXTERNAL_NETWORK_CHANGED.topicName())) {
            assertThat(late.announce()).isPositive();

            ObjectState state = ObjectState.parseFrom(topic.awaitKey(ID).value());
            assertThat(state.getIdentity()).isEqualTo("thing");
            assertThat(state.getNamespace()).isEqualTo("/earlier");
            assertThat(state.getRevision()).isEqualTo(7);
            assertThat(state.getChangedAtMs()).isEqualTo(1_772_366_400_000L);
            ObjectNode json = BodyFormat.JSON.readObject(state.getJson().toByteArray());
            assertThat(json.path("name").asText()).isEqualTo("old");
            assertThat(json.path("password").asText()).isEmpty();
            assertThat(json.has("retired")).isFalse();
        }
        assertThat(late.announce()).isZero();
    }

    private void storeAsAnEarlierBuildDid() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into object (id, identity, namespace, name, propagate, archived, revision,
                        created_at, updated_at, normalized_tags, body)
                    values ('%1$s', 'thing', '/earlier', 'old', false, false, 7,
                        '2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z', '{}',
                        '{"ID": "%1$s", "namespace": "/earlier", "name": "old",
                          "password": "secret", "retired": true}')
                    """
                            .formatted(ID));
            statement.execute("delete from announced where identity = 'thing'");
        }
    }
}
