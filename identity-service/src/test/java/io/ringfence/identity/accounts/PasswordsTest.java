package io.ringfence.identity.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.protocol.error.ApiException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final String PASSWORD = "correct horse battery";

    @Test
    void knowsThePasswordOfItsHash() {
        String hash = Argon2.hash(PASSWORD);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
        assertThat(Argon2.verify(PASSWORD, hash)).isTrue();
        assertThat(Argon2.verify(PASSWORD + "x", hash)).isFalse();
        assertThat(Argon2.hash(PASSWORD)).isNotEqualTo(hash);
    }

    /// Test vector of the reference implementation (`phc-winner-argon2`, Argon2id, v=19, t=2,
    /// m=65536, p=1).
    @Test
    void agreesWithTheReferenceImplementation() {
        assertThat(
                        Argon2.verify(
                                "password",
                                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21l$c29tZXNhbHRzb21l",
                "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHRzb21l$c29tZXNhbHRzb21l"
            })
    void takesNothingElseForAHash(String stored) {
        assertThat(Argon2.verify("secret", stored)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    too short              | jane | hunter2 jan     | 12 characters
                    few characters         | jane | aaaaaaaaaaaabcd | 5 different
                    the name inside        | jane | MyNameIsJane123 | account's name
                    long enough            | jane | correct horse   |
                    a short name inside    | ab   | abcdefghijklmn  |
                    """)
    void looksAtNewPasswords(String sentence, String name, String password, String problem) {
        if (problem == null) {
            assertThat(PasswordRules.problem(password, name)).isEmpty();
        } else {
            assertThat(PasswordRules.problem(password, name).orElseThrow()).contains(problem);
        }
    }

    @Test
    void refusesMoreAtOnceThanItHasRoomFor() {
        Passwords passwords = new Passwords();
        try {
            List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Uni<Boolean> attempt = passwords.verify(PASSWORD, "");
                attempts.add(
                        attempt.onFailure(ApiException.class)
                                .recoverWithItem(failure ->
                                        ((ApiException) failure).status() == 429 ? null : true)
                                .subscribeAsCompletionStage());
            }
            List<Boolean> outcomes = attempts.stream().map(CompletableFuture::join).toList();
            assertThat(outcomes).contains((Boolean) null).contains(false).doesNotContain(true);
        } finally {
            passwords.close();
        }
    }
}
