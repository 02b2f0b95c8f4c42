package io.ringfence.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Rows as a transaction leaves them, and what becomes of them.
@QuarkusTest
@QuarkusTestResource(
        value = ConsoleServers.class,
        initArgs = @ResourceArg(name = ConsoleServers.SERVICE, value = "policy-service"))
class OutboxIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Several of the publisher's batches.
    private static final int MANY = 3_000;

    @Inject AgroalDataSource database;

    @Test
    void everyRowIsAnnouncedOnceAndInOrderAndThenGone() throws SQLException {
        try (TopicReader states = reader(Topic.SERVICE_CHANGED);
                TopicReader reports = reader(Topic.AUDIT_RECORDED)) {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert =
                            connection.prepareStatement(
                                    "insert into outbox (topic, key, namespace, value) values (?, 'one', '/outbox', ?)")) {
                for (int number = 0; number < MANY; number++) {
                    Topic topic = number % 2 == 0 ? Topic.SERVICE_CHANGED : Topic.AUDIT_RECORDED;
                    insert.setString(1, topic.topicName());
                    insert.setBytes(2, bytes(number));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            await().atMost(SOON).until(() -> rows() == 0);
            assertThat(announced(states)).containsExactlyElementsOf(numbers(0));
            assertThat(announced(reports)).containsExactlyElementsOf(numbers(1));
        }
    }

    private static TopicReader reader(Topic topic) {
        return TestKafka.of(TestInstallation.get()).readFromEnd(topic.topicName());
    }

    private static byte[] bytes(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> announced(TopicReader reader) {
        return reader.readToEnd().stream()
                .filter(each -> each.key().equals("one"))
                .map(each -> new String(each.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> numbers(int first) {
        return IntStream.iterate(first, number -> number < MANY, number -> number + 2)
                .mapToObj(Integer::toString)
                .toList();
    }

    private long rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from outbox")) {
            count.next();
            return count.getLong(1);
        }
    }
}
