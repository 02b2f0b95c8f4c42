package io.ringfence.identity.keys;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.administratorToken;
import static io.ringfence.identity.Console.anybody;
import static io.ringfence.identity.Console.json;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.identity.IdentityConfiguration;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.JwksDocument;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class TokenKeyIT {
    private static final String PATH = "/tokensigningkeys";
    private static final Duration SECONDS = Duration.ofSeconds(20);

    @Inject AgroalDataSource database;
    @Inject IdentityConfiguration configuration;

    @Test
    void rotatesEveryMonthUnlessToldOtherwise() {
        assertThat(configuration.tokenKeyAge()).isEqualTo(Duration.ofDays(30));
        assertThat(configuration.tokenKeyAhead()).isEqualTo(Duration.ofMinutes(3));
        assertThat(configuration.longestToken()).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void publishesANewKeyBeforeItSignsAndKeepsTheOldTokensGood() throws Exception {
        String before = administratorToken();
        JsonNode made = ok(administrator().post(PATH, "{}"));
        assertThat(made.path("state").asText()).isEqualTo("Published");
        assertThat(Instant.parse(made.path("signsFrom").asText()))
                .isAfter(Instant.now().plus(Duration.ofMinutes(2)));
        assertThat(made.path("sealedKey").asText()).isEmpty();
        String keyId = made.path("keyID").asText();
        await().atMost(SECONDS).until(() -> published().key(keyId).isPresent());
        await().atMost(SECONDS).until(() -> inFile().key(keyId).isPresent());
        assertThat(keyIdOf(administratorToken())).isEqualTo(keyIdOf(before)).isNotEqualTo(keyId);

        makeItsTimeCome(made.path("ID").asText());
        await().atMost(SECONDS).until(() -> keyIdOf(administratorToken()).equals(keyId));
        ok(anybody().post("/authn", "{\"token\":\"%s\"}".formatted(before)));
        assertThat(published().key(keyIdOf(before))).isPresent();
        JsonNode signing = ok(administrator().get(PATH + "/" + made.path("ID").asText()));
        assertThat(signing.path("state").asText()).isEqualTo("Signing");
        await().atMost(SECONDS).until(() -> sealed(keyIdOf(before)).isEmpty());
    }

    @Test
    void refusesTheTokensOfAWithdrawnKeyAtOnceAndSignsOn() throws Exception {
        String before = administratorToken();
        String id = idOf(keyIdOf(before));
        ok(administrator().delete(PATH + "/" + id));
        refused(anybody().post("/authn", "{\"token\":\"%s\"}".formatted(before)), 401, "");
        String after = administratorToken();
        assertThat(keyIdOf(after)).isNotEqualTo(keyIdOf(before));
        ok(anybody().post("/authn", "{\"token\":\"%s\"}".formatted(after)));
        assertThat(published().key(keyIdOf(before))).isEmpty();
        await().atMost(SECONDS).until(() -> inFile().key(keyIdOf(before)).isEmpty());
        await().atMost(SECONDS).until(() -> inFile().key(keyIdOf(after)).isPresent());
    }

    @Test
    void keepsNoPrivateKeyThatTheDatabaseAloneCouldUse() throws SQLException {
        PrivateKey file =
                Pem.readPrivateKey(TestInstallation.get().installation().folder().tokenKey());
        String keyId = keyIdOf(administratorToken());
        String sealed = sealed(keyId);
        assertThat(new KeySeal(file).open(keyId, sealed)).isNotNull();
        assertThat(new String(Base64.getDecoder().decode(sealed), StandardCharsets.ISO_8859_1))
                .doesNotContain(
                        new String(
                                KeyPairs.generate().getPrivate().getEncoded(),
                                0,
                                20,
                                StandardCharsets.ISO_8859_1));
    }

    @Test
    void livesInTheRootOnly() {
        refused(administrator().in("/acme").post(PATH, "{}"), 422, "namespace");
        refused(administrator().post(PATH, "{\"keyID\":\"mine\"}"), 422, "keyID");
        assertThat(ok(administrator().in("/acme").get(PATH))).isEmpty();
    }

    private static JwksDocument published() {
        return JwksDocument.parse(anybody().get("/.well-known/jwks.json").body());
    }

    private static JwksDocument inFile() throws Exception {
        Path file = TestInstallation.get().installation().folder().jwks();
        return JwksDocument.parse(Files.readString(file));
    }

    private static String keyIdOf(String token) {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return io.ringfence.protocol.body.BodyFormat.JSON.readObject(header).path("kid").asText();
    }

    private static String idOf(String keyId) {
        JsonNode keys = json(administrator().get(PATH));
        for (JsonNode key : keys) {
            if (key.path("keyID").asText().equals(keyId)) {
                return key.path("ID").asText();
            }
        }
        throw new AssertionError("no key " + keyId + " in " + keys);
    }

    private void makeItsTimeCome(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update object set body = body || jsonb_build_object('signsFrom', ?) where id = ?")) {
            update.setString(1, Instant.now().toString());
            update.setString(2, id);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private String sealed(String keyId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select body ->> 'sealedKey' from object where body ->> 'keyID' = ?")) {
            query.setString(1, keyId);
            try (ResultSet result = query.executeQuery()) {
                assertThat(result.next()).isTrue();
                return result.getString(1);
            }
        }
    }
}
