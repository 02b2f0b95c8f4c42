package io.ringfence.identity.accounts;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/// Counts wrong passwords per account, in the database, so that neither a restart nor another
/// instance starts anew. Five are free; each further one blocks the account twice as long as the
/// one before, from a second up to a quarter of an hour. A right password while the account is
/// blocked counts for nothing, so guessing in parallel gains nothing. The count goes with the
/// account.
@Singleton
final class FailedLogins {
    static final int FREE = 5;

    /// A wrong password: one more, unless the account is blocked, so that blocking it for ever is
    /// not easier than that.
    private static final String FAIL =
            """
            INSERT INTO account_login AS known (account_id, failures)
            SELECT id, 1 FROM object WHERE id = $1
            ON CONFLICT (account_id) DO UPDATE SET
                failures = known.failures + 1,
                blocked_until = CASE
                    WHEN known.failures + 1 > 5
                    THEN now() + least(interval '15 minutes',
                                       interval '1 second' * power(2, least(known.failures - 5, 20)))
                END
            WHERE known.blocked_until IS NULL OR known.blocked_until <= now()
            """;

    /// A right password: forgets the wrong ones, and answers whether it counts.
    private static final String SUCCEED =
            """
            INSERT INTO account_login AS known (account_id, failures)
            SELECT id, 0 FROM object WHERE id = $1
            ON CONFLICT (account_id) DO UPDATE SET failures = 0, blocked_until = NULL
            WHERE known.blocked_until IS NULL OR known.blocked_until <= now()
            RETURNING account_id
            """;

    private static final String FORGET = "DELETE FROM account_login WHERE account_id = $1";

    private final Pool pool;

    FailedLogins(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> fail(String accountId) {
        return pool.preparedQuery(FAIL).execute(Tuple.of(accountId)).replaceWithVoid();
    }

    /// False while the account is blocked.
    Uni<Boolean> succeed(String accountId) {
        return pool.preparedQuery(SUCCEED)
                .execute(Tuple.of(accountId))
                .map(rows -> rows.size() > 0);
    }

    Uni<Void> forget(String accountId) {
        return pool.preparedQuery(FORGET).execute(Tuple.of(accountId)).replaceWithVoid();
    }
}
