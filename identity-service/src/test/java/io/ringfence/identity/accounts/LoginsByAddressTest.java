package io.ringfence.identity.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginsByAddressTest {
    private static final String HERE = "192.0.2.7";

    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private final LoginsByAddress logins =
            new LoginsByAddress(
                    3,
                    new Clock() {
                        @Override
                        public ZoneId getZone() {
                            return ZoneOffset.UTC;
                        }

                        @Override
                        public Clock withZone(ZoneId zone) {
                            return this;
                        }

                        @Override
                        public Instant instant() {
                            return now;
                        }
                    });

    @Test
    void allowsSoManyAtOnceAndThenOneMoreAtATime() {
        useUp(HERE);
        assertThat(logins.take(HERE)).contains(LoginsByAddress.ONE_MORE_EVERY);

        now = now.plus(Duration.ofSeconds(9));
        assertThat(logins.take(HERE)).contains(Duration.ofSeconds(1));

        now = now.plus(Duration.ofSeconds(1));
        assertThat(logins.take(HERE)).isEmpty();
        assertThat(logins.take(HERE)).contains(LoginsByAddress.ONE_MORE_EVERY);
    }

    @Test
    void countsRightPasswordsForNothing() {
        for (int i = 0; i < 10 * LoginsByAddress.AT_ONCE; i++) {
            assertThat(logins.take(HERE)).isEmpty();
            logins.giveBack(HERE);
        }
        assertThat(logins.size()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the same address             | 192.0.2.7        | 192.0.2.7        | true
                    another one                  | 192.0.2.7        | 192.0.2.8        | false
                    the same IPv6 network        | 2001:db8::1      | 2001:db8::2:3:4  | true
                    another one                  | 2001:db8:0:1::1  | 2001:db8:0:2::1  | false
                    IPv4 written as IPv6         | ::ffff:192.0.2.7 | 192.0.2.7        | true
                    """)
    void limitsAPlace(String sentence, String one, String other, boolean same) {
        useUp(one);

        assertThat(logins.take(other).isPresent()).as(sentence).isEqualTo(same);
    }

    @Test
    void remembersABoundedNumberOfPlaces() {
        for (int i = 0; i < 100; i++) {
            assertThat(logins.take("198.51.100." + i)).isEmpty();
        }
        assertThat(logins.size()).isEqualTo(3);
    }

    @Test
    void doesNotLimitWhatComesFromNowhere() {
        useUp("");
        assertThat(logins.take("")).isEmpty();
    }

    private void useUp(String address) {
        for (int i = 0; i < LoginsByAddress.AT_ONCE; i++) {
            assertThat(logins.take(address)).isEmpty();
        }
    }
}
