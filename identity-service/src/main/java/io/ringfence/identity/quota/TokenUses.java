package io.ringfence.identity.quota;

import io.ringfence.identity.forget.Forgettable;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.ProcessSubject;
import io.ringfence.trust.token.TokenClaims;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;

/// Counts the uses of tokens that have a quota.
@Singleton
public final class TokenUses implements Forgettable {
    /// One statement, so that it is atomic: no row comes back when the quota is used up, and none
    /// for a token that has expired or whose holder is gone.
    private static final String USE =
            """
            UPDATE token_use SET uses = uses + 1, last_use = now()
            WHERE token_id = $1 AND uses < $2
            RETURNING uses
            """;

    /// A token is expected when it is made, so that its row can go once it has expired, or with
    /// whom it was given to.
    private static final String EXPECT =
            """
            INSERT INTO token_use (token_id, uses, expires_at, holder_id)
            VALUES ($1, 0, $2, (
                SELECT id FROM object
                WHERE id = $3 OR (identity = 'account' AND namespace = '/' AND name = $4)
                LIMIT 1))
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

    /// Notes until when a token's uses have to be remembered, and whose they are. Nothing happens
    /// for a token without quota.
    public Uni<Void> expect(TokenClaims claims) {
        if (claims.quota() <= 0) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(EXPECT)
                .execute(
                        Tuple.of(
                                claims.tokenId(),
                                claims.expiresAt().atOffset(ZoneOffset.UTC),
                                certificateHolder(claims),
                                claims.realm().equals("vince") ? claims.subject() : ""))
                .replaceWithVoid();
    }

    private static String certificateHolder(TokenClaims claims) {
        return CertificateSubject.named(
                        claims.subject(), claims.data().getOrDefault("organization", ""))
                .map(subject ->
                        switch (subject) {
                            case AppCredentialSubject credential -> credential.id();
                            case EnforcerSubject enforcer -> enforcer.id();
                            case ProcessSubject _ -> "";
                        })
                .orElse("");
    }

    @Override
    public String what() {
        return "expired tokens";
    }

    @Override
    public Uni<Integer> forget() {
        return pool.query(FORGET).execute().map(SqlResult::rowCount);
    }
}
