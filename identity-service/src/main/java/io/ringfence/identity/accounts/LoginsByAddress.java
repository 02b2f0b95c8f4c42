package io.ringfence.identity.accounts;

import io.ringfence.identity.forget.Forgettable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// How many wrong passwords may come from one place, whatever the accounts: so many at once, and
/// then one more every ten seconds. Right ones cost nothing, so a whole office may stand behind one
/// address. Counted in the database, so that neither a restart nor another instance starts anew:
/// beside the hash of a password its statement is nothing.
///
/// The count of a place is one time, when all that came from there is made up for (the generic cell
/// rate algorithm). Once it has come, the place is forgotten.
@Singleton
final class LoginsByAddress implements Forgettable {
    static final int AT_ONCE = 30;
    static final Duration ONE_MORE_EVERY = Duration.ofSeconds(10);

    /// Who has an IPv6 address usually has 2^64 of them.
    private static final int NETWORK_BYTES_IPV6 = 8;

    /// Nothing is taken if the place is too far ahead; the wait is that of a moment before.
    private static final String TAKE =
            """
            WITH taken AS (
                INSERT INTO login_place AS known (place, even_at)
                VALUES ($1, now() + interval '%1$d seconds')
                ON CONFLICT (place) DO UPDATE SET
                    even_at = greatest(known.even_at, now()) + interval '%1$d seconds'
                WHERE known.even_at <= now() + interval '%2$d seconds'
                RETURNING place
            )
            SELECT EXISTS (SELECT FROM taken), coalesce(
                (SELECT extract(epoch FROM even_at - now()) - %2$d
                 FROM login_place WHERE place = $1), 0)::float8
            """
                    .formatted(
                            ONE_MORE_EVERY.toSeconds(),
                            ONE_MORE_EVERY.multipliedBy(AT_ONCE - 1).toSeconds());

    private static final String GIVE_BACK =
            "UPDATE login_place SET even_at = even_at - interval '%d seconds' WHERE place = $1"
                    .formatted(ONE_MORE_EVERY.toSeconds());

    private static final String FORGET = "DELETE FROM login_place WHERE even_at <= now()";

    private final Pool pool;

    LoginsByAddress(Pool pool) {
        this.pool = pool;
    }

    /// Takes one attempt; answers how long to wait if there is none left.
    ///
    /// @param address numeric; empty: not known, which is not limited
    Uni<Optional<Duration>> take(String address) {
        return address.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : pool.preparedQuery(TAKE)
                        .execute(Tuple.of(place(address)))
                        .map(rows -> wait(rows.iterator().next()));
    }

    private static Optional<Duration> wait(Row row) {
        return row.getBoolean(0)
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.max(0, Math.round(1000 * row.getDouble(1)))));
    }

    /// Gives one back that was taken for a right password.
    Uni<Void> giveBack(String address) {
        return address.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(GIVE_BACK).execute(Tuple.of(place(address))).replaceWithVoid();
    }

    @Override
    public String what() {
        return "places of logins";
    }

    @Override
    public Uni<Integer> forget() {
        return pool.query(FORGET).execute().map(SqlResult::rowCount);
    }

    /// What has one count: an IPv4 address, or a network of IPv6.
    static String place(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return HexFormat.of()
                    .formatHex(bytes.length > 4 ? Arrays.copyOf(bytes, NETWORK_BYTES_IPV6) : bytes);
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }
}
