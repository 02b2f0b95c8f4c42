package io.ringfence.identity.keys;

import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.token.JwksDocument;
import io.ringfence.trust.token.JwksSource;
import io.ringfence.trust.token.TokenSigner;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The keys as this instance knows them; the database decides, and [#refresh] asks it.
@Singleton
public final class TokenKeys implements JwksSource {
    private final StoredKeys stored;
    private final Transactions transactions;
    private final Clock clock = Clock.systemUTC();
    private volatile KeySchedule schedule;

    TokenKeys(StoredKeys stored, Transactions transactions) {
        this.stored = stored;
        this.transactions = transactions;
        this.schedule = new KeySchedule(List.of(), stored.longestToken());
    }

    /// Completes once there is a key to sign with.
    public Uni<Void> ready() {
        return schedule.signing(clock.instant()).isPresent()
                ? Uni.createFrom().voidItem()
                : refresh().replaceWithVoid();
    }

    /// Signs with the key whose time it is.
    public TokenSigner signer() {
        TokenKey key =
                schedule.signing(clock.instant())
                        .orElseThrow(() ->
                                Fault.of(
                                                503,
                                                "Service Unavailable",
                                                "There is no key to sign tokens with at the moment; try again")
                                        .asException());
        return new TokenSigner(key.privateKey().orElseThrow(), key.keyId(), clock);
    }

    @Override
    public Optional<ECPublicKey> key(String keyId) {
        return published().key(keyId);
    }

    /// The public halves, which anyone may have.
    public JwksDocument published() {
        return schedule.published(clock.instant());
    }

    /// No token may live longer than this.
    public Duration longestToken() {
        return stored.longestToken();
    }

    KeySchedule schedule() {
        return schedule;
    }

    Uni<KeySchedule> refresh() {
        return transactions.run(stored::schedule).invoke(read -> schedule = read);
    }

    /// From now on this instance neither signs with the key nor believes it.
    void withdraw(String id) {
        schedule = schedule.without(id);
    }

    Instant now() {
        return clock.instant();
    }
}
