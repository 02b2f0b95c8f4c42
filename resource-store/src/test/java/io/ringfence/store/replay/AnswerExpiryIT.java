package io.ringfence.store.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.store.StoreSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class AnswerExpiryIT {

    @Test
    void takesOldAnswersAThousandAtATime() throws SQLException {
        try (Connection connection = StoreSchema.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into answer (id, request, given, given_at)
                    select 'old' || i, '', '{}', now() - interval '24 hours 1 second'
                    from generate_series(1, 1500) i
                    """);
            statement.execute(
                    """
                    insert into answer (id, request, given, given_at)
                    values ('young', '', '{}', now() - interval '23 hours 59 minutes')
                    """);

            assertThat(AnswerExpiry.expireBatch(connection)).isEqualTo(1000);
            assertThat(AnswerExpiry.expireBatch(connection)).isEqualTo(500);
            assertThat(AnswerExpiry.expireBatch(connection)).isZero();
            try (ResultSet left = statement.executeQuery("select id from answer")) {
                assertThat(left.next()).isTrue();
                assertThat(left.getString(1)).isEqualTo("young");
                assertThat(left.next()).isFalse();
            }
        }
    }
}
