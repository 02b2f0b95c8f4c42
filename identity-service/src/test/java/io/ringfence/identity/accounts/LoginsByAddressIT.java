package io.ringfence.identity.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.testkit.service.ConsoleServers;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every test comes from an address of its own.
@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class LoginsByAddressIT {
    @Inject LoginsByAddress logins;
    @Inject AgroalDataSource database;

    @Test
    void allowsSoManyAtOnceAndThenOneMoreAtATime() throws SQLException {
        String here = "198.51.100.1";
        useUp(here);
        assertThat(take(here).orElseThrow())
                .isBetween(Duration.ofMillis(1), LoginsByAddress.ONE_MORE_EVERY);

        letPass(here, 10);
        assertThat(take(here)).isEmpty();
        assertThat(take(here).orElseThrow())
                .isBetween(Duration.ofMillis(1), LoginsByAddress.ONE_MORE_EVERY);
        assertThat(take("198.51.100.2")).isEmpty();
    }

    @Test
    void allowsNoMoreToThoseWhoComeTogether() {
        List<Uni<Optional<Duration>>> attempts =
                IntStream.range(0, 2 * LoginsByAddress.AT_ONCE)
                        .mapToObj(_ -> logins.take("198.51.100.3"))
                        .toList();

        List<Optional<Duration>> waits =
                Uni.join().all(attempts).andFailFast().await().indefinitely();

        assertThat(waits.stream().filter(Optional::isEmpty)).hasSize(LoginsByAddress.AT_ONCE);
    }

    @Test
    void countsRightPasswordsForNothing() {
        String here = "198.51.100.4";
        for (int i = 0; i < 2 * LoginsByAddress.AT_ONCE; i++) {
            assertThat(take(here)).isEmpty();
            logins.giveBack(here).await().indefinitely();
        }
        useUp(here);
        assertThat(take(here)).isPresent();
    }

    @Test
    void forgetsWhatIsMadeUpFor() throws SQLException {
        String even = "198.51.100.5";
        String ahead = "198.51.100.6";
        take(even);
        take(ahead);
        letPass(even, 10);

        logins.forget().await().indefinitely();

        assertThat(remembers(even)).isFalse();
        assertThat(remembers(ahead)).isTrue();
    }

    @Test
    void doesNotLimitWhatComesFromNowhere() {
        useUp("");
        assertThat(take("")).isEmpty();
    }

    private Optional<Duration> take(String address) {
        return logins.take(address).await().indefinitely();
    }

    private void useUp(String address) {
        for (int i = 0; i < LoginsByAddress.AT_ONCE; i++) {
            assertThat(take(address)).isEmpty();
        }
    }

    private void letPass(String address, int seconds) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update login_place set even_at = even_at - ? * interval '1 second' where place = ?")) {
            update.setInt(1, seconds);
            update.setString(2, LoginsByAddress.place(address));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private boolean remembers(String address) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select 1 from login_place where place = ?")) {
            query.setString(1, LoginsByAddress.place(address));
            try (ResultSet result = query.executeQuery()) {
                return result.next();
            }
        }
    }
}
