package io.ringfence.identity.accounts;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.anybody;
import static io.ringfence.identity.Console.claims;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static io.ringfence.identity.Console.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.identity.Header;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.Callers;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.token.TokenClaims;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class AccountIT {
    private static final String PATH = "/accounts";
    private static final String PASSWORD = "correct horse battery";

    @Inject AgroalDataSource database;

    @Test
    void logsInWithNameAndPassword() {
        create("jane");
        JsonNode answer = ok(logIn("jane", PASSWORD));
        assertThat(answer.toString()).doesNotContain(PASSWORD);
        TokenClaims claims = claims(answer.path("token").asText(), Claim.API_AUDIENCE);
        assertThat(claims.tags())
                .containsExactlyInAnyOrder("@auth:realm=vince", "@auth:account=jane");
        assertThat(claims.subject()).isEqualTo("jane");
    }

    @Test
    void neverAnswersThePasswordOrItsHash() throws SQLException {
        JsonNode made = create("discreet");
        String path = PATH + "/" + made.path("ID").asText();
        for (String answer :
                List.of(
                        made.toString(),
                        administrator().get(path).body(),
                        administrator().get(PATH).body())) {
            assertThat(answer).doesNotContain(PASSWORD).doesNotContain("argon2");
        }
        assertThat(hash("discreet")).startsWith("$argon2id$");
        assertThat(administrator().get(PATH + "?q=password%20matches%20%5B%22argon2%22%5D").body())
                .doesNotContain("discreet");
    }

    @Test
    void saysTheSameWhateverIsWrong() {
        create("known");
        JsonNode disabled = create("disabled");
        ok(
                administrator()
                        .patch(
                                PATH + "/" + disabled.path("ID").asText(),
                                "{\"status\":\"Disabled\"}"));
        String wrong = refused(logIn("known", "wrong horse battery"), 401, "");
        assertThat(refused(logIn("nobody", PASSWORD), 401, "")).isEqualTo(wrong);
        assertThat(refused(logIn("disabled", PASSWORD), 401, "")).isEqualTo(wrong);
        assertThat(wrong).doesNotContain("known").doesNotContain("horse");
    }

    @Test
    void blocksAnAccountAfterWrongPasswordsHoweverManyComeAtOnce() throws Exception {
        create("guessed");
        List<Callable<HttpResponse<String>>> guesses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String guess = "wrong horse battery " + i;
            guesses.add(() -> logIn("guessed", guess));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(guesses)) {
                refused(answer.get(), 401, "");
            }
        }
        setBlocked("guessed", 60);
        refused(logIn("guessed", PASSWORD), 401, "");
        assertThat(failures("guessed")).isBetween(FailedLogins.FREE + 1, 12);

        setBlocked("guessed", -1);
        ok(logIn("guessed", PASSWORD));
        assertThat(failures("guessed")).isZero();
    }

    /// Whichever accounts they try; and nobody who comes from elsewhere notices.
    @Test
    void takesOnlySoManyWrongPasswordsFromOneAddress() throws SQLException {
        create("office");
        ok(logInFrom("192.0.2.7", "office", PASSWORD));
        refused(logInFrom("192.0.2.7", "stranger", PASSWORD), 401, "");
        countManyMoreFrom("192.0.2.7");

        assertThat(refused(logInFrom("192.0.2.7", "office", PASSWORD), 429, ""))
                .contains("from this address", "seconds");
        ok(logInFrom("192.0.2.8", "office", PASSWORD));
        ok(logIn("office", PASSWORD));
    }

    private void countManyMoreFrom(String address) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update login_place set even_at = even_at + interval '1 hour' where place = ?")) {
            update.setString(1, LoginsByAddress.place(address));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void keepsNothingOfADeletedAccount() throws SQLException {
        String id = create("leaver").path("ID").asText();
        refused(logIn("leaver", "wrong horse battery"), 401, "");
        assertThat(rows(id)).isEqualTo(1);

        ok(administrator().delete(PATH + "/" + id));

        assertThat(rows(id)).isZero();
        refused(logIn("leaver", PASSWORD), 401, "");
        assertThat(rows(id)).isZero();
    }

    private int rows(String accountId) throws SQLException {
        return Integer.parseInt(
                query("select count(*) from account_login where account_id = ?", accountId));
    }

    private static HttpResponse<String> logInFrom(String address, String name, String password) {
        return anybody()
                .send(
                        anybody()
                                .request("POST", "/issue", login(name, password))
                                .header(Header.REMOTE_ADDRESS, address)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void changesThePasswordOnlyForItsHolderOrAnAdministrator() {
        JsonNode made = create("holder");
        String path = PATH + "/" + made.path("ID").asText();
        String another = "{\"password\":\"another horse battery\"}";
        AssertedClient helpDesk =
                administrator().as(Callers.administrator(), "account,put", "account,get");
        refused(helpDesk.patch(path, another), 403, "");
        ok(helpDesk.patch(path, "{\"lastName\":\"Doe\"}"));
        ok(logIn("holder", PASSWORD));

        var holder = claims(token(logIn("holder", PASSWORD)), Claim.API_AUDIENCE);
        AssertedClient own =
                administrator()
                        .as(io.ringfence.trust.assertion.AssertedCaller.of(holder), "account,put");
        ok(own.patch(path, another));
        refused(logIn("holder", PASSWORD), 401, "");
        ok(logIn("holder", "another horse battery"));
    }

    @Test
    void saysWhatIsWrongWithAnAccount() {
        refused(administrator().post(PATH, body("short", "too short")), 422, "password");
        refused(administrator().post(PATH, "{\"name\":\"none\"}"), 422, "password");
        refused(administrator().post(PATH, body("a=b", PASSWORD)), 422, "name");
        refused(administrator().in("/acme").post(PATH, body("tenant", PASSWORD)), 422, "namespace");
        create("twice");
        refused(administrator().post(PATH, body("twice", PASSWORD)), 422, "name");
    }

    @Test
    void saysWhatReplacesMail() {
        assertThat(refused(administrator().post("/passwordreset", "{}"), 404, ""))
                .contains("PUT /accounts");
        refused(administrator().get("/passwordreset"), 404, "");
        refused(administrator().get("/activate"), 404, "");
    }

    private static JsonNode create(String name) {
        return ok(administrator().post(PATH, body(name, PASSWORD)));
    }

    private static String body(String name, String password) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("email", name.replaceAll("[^a-z]", "") + "@example.com")
                .put("password", password)
                .toString();
    }

    private static HttpResponse<String> logIn(String name, String password) {
        return anybody().post("/issue", login(name, password));
    }

    private static String login(String name, String password) {
        return "{\"realm\":\"Vince\",\"metadata\":{\"vinceAccount\":\"%s\",\"vincePassword\":\"%s\"}}"
                .formatted(name, password);
    }

    private String hash(String name) throws SQLException {
        return query(
                "select body ->> 'password' from object where identity = 'account' and name = ?",
                name);
    }

    private int failures(String name) throws SQLException {
        return Integer.parseInt(
                query(
                        "select l.failures from account_login l join object o on o.id = l.account_id where o.name = ?",
                        name));
    }

    private String query(String sql, String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (ResultSet result = query.executeQuery()) {
                assertThat(result.next()).isTrue();
                return result.getString(1);
            }
        }
    }

    private void setBlocked(String name, int seconds) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update account_login set blocked_until = now() + make_interval(secs => ?) where account_id = (select id from object where identity = 'account' and name = ?)")) {
            update.setInt(1, seconds);
            update.setString(2, name);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
