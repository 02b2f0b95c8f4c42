package io.ringfence.identity.quota;

import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/// Counts the uses of tokens that have a quota.
@Singleton
public final class TokenUses {
    /// One statement, so that it is atomic: no row comes back when the quota is used up.
    private static final String USE =
            """
            INSERT INTO token_use AS known (token_id, uses) VALUES ($1, 1)
            ON CONFLICT (token_id) DO UPDATE SET uses = known.uses + 1, last_use = now()
            WHERE known.uses < $2
            RETURNING uses
            """;

    /// A token is expected when it is made, so that its row can go once it has expired.
    private static final String EXPECT =
            """
            INSERT INTO token_use (token_id, uses, expires_at) VALUES ($1, 0, $2)
            ON CONFLICT (token_id) DO NOTHING
            """;

    /// Clocks may differ, and a token is believed for a minute more.
    private static final String FORGET =
            "DELETE FROM token_use WHERE expires_at < now() - interval '10 minutes'";

    private final Pool pool;

    TokenUses(Pool pool) {
        this.pool = pool;
    }

    /// Uses the caller's token once; fails with 417 if its quota is used up. Nothing happens for a
    /// token without quota.
    public Uni<Void> use(Caller caller) {
        if (caller.quota() <= 0) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(USE)
                .execute(Tuple.of(caller.tokenId(), caller.quota()))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw Fault.of(
                                        417,
                                        "Quota Exceeded",
                                        "The token was made for %d use(s), and all are used up: get a new one"
                                                .formatted(caller.quota()))
                                .asException();
                    }
                    return rows;
                })
                .replaceWithVoid();
    }

    /// Notes until when a token's uses have to be remembered.
    public Uni<Void> expect(String tokenId, Instant expiresAt) {
        return pool.preparedQuery(EXPECT)
                .execute(Tuple.of(tokenId, expiresAt.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /// Forgets expired tokens, and answers how many.
    Uni<Integer> forgetExpired() {
        return pool.query(FORGET).execute().map(SqlResult::rowCount);
    }
}
