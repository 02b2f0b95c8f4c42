package io.ringfence.identity.quota;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.administratorToken;
import static io.ringfence.identity.Console.anybody;
import static io.ringfence.identity.Console.claims;
import static io.ringfence.identity.Console.holderOf;
import static io.ringfence.identity.Console.refused;
import static io.ringfence.identity.Console.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ConsoleServers;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
class TokenUseIT {
    private static final String PATH = "/internal/tokenuses";

    @Inject AgroalDataSource database;
    @Inject TokenUses uses;

    @Test
    void allowsExactlyAsManyUsesAsTheQuota() throws Exception {
        AssertedClient holder = holderOf(withQuota(5), "/", "namespace,get");
        List<Callable<HttpResponse<String>>> attempts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            attempts.add(() -> holder.post(PATH, ""));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(attempts)) {
                statuses.add(answer.get().statusCode());
            }
        }
        assertThat(statuses).containsOnly(204, 417);
        assertThat(statuses.stream().filter(status -> status == 204)).hasSize(5);
        assertThat(refused(holder.post(PATH, ""), 417, "")).contains("5 use(s)");
    }

    @Test
    void countsNothingForATokenWithoutQuota() {
        AssertedClient holder = holderOf(administratorToken(), "/");
        for (int i = 0; i < 3; i++) {
            assertThat(holder.post(PATH, "").statusCode()).isEqualTo(204);
        }
        assertThat(administrator().get(PATH).statusCode()).isIn(404, 405);
    }

    @Test
    void forgetsExpiredTokensOnly() throws SQLException {
        String expired = tokenId(withQuota(2));
        String living = tokenId(withQuota(2));
        expire(expired);
        uses.forget().await().indefinitely();
        assertThat(remembers(expired)).isFalse();
        assertThat(remembers(living)).isTrue();
    }

    private static String withQuota(int quota) {
        return token(
                anybody()
                        .post(
                                "/issue",
                                """
                                {"realm":"AporetoIdentityToken","quota":%d,"metadata":{"token":"%s"}}\
                                """
                                        .formatted(quota, administratorToken())));
    }

    private static String tokenId(String token) {
        return claims(token, Claim.API_AUDIENCE).tokenId();
    }

    private void expire(String tokenId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update token_use set expires_at = now() - interval '1 hour' where token_id = ?")) {
            update.setString(1, tokenId);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private boolean remembers(String tokenId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select 1 from token_use where token_id = ?")) {
            query.setString(1, tokenId);
            return query.executeQuery().next();
        }
    }
}
