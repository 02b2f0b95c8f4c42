package io.ringfence.identity.forget;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class ForgettingIT {
    @Inject Forgetting forgetting;
    @Inject AgroalDataSource database;

    @Test
    void forgetsWhateverRoomKeepsIt() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into login_place (place, even_at) values
                        ('past', now() - interval '1 second'), ('ahead', now() + interval '1 hour');
                    insert into token_use (token_id, uses, expires_at) values
                        ('past', 1, now() - interval '1 hour'), ('ahead', 1, now());
                    insert into object (id, identity, namespace, name, propagate, archived, revision,
                        created_at, updated_at, normalized_tags, body)
                    select id, 'loggedouttoken', '/', 'somebody', false, false, 1, now(), now(), '{}',
                        jsonb_build_object('ID', id, 'namespace', '/', 'name', 'somebody',
                            'expirationTime', expires)
                    from (values ('past', '2026-01-01T00:00:00Z'),
                                 ('ahead', '2999-01-01T00:00:00Z')) as token (id, expires)
                    """);

            forgetting.turn();

            assertThat(texts(statement, "select place from login_place"))
                    .contains("ahead")
                    .doesNotContain("past");
            assertThat(texts(statement, "select token_id from token_use"))
                    .contains("ahead")
                    .doesNotContain("past");
            assertThat(texts(statement, "select id from object where identity = 'loggedouttoken'"))
                    .contains("ahead")
                    .doesNotContain("past");
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
