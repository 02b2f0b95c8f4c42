package io.ringfence.identity.quota;

import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

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
}
