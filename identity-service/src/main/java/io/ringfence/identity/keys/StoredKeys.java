package io.ringfence.identity.keys;

import static io.ringfence.identity.keys.TokenKeyResource.DECLARATION;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.IdentityConfiguration;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.trust.certificate.Pem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The keys as they lie in the database.
@Singleton
final class StoredKeys {
    private static final String ROOT = NamespaceName.ROOT.absolute();
    private static final Duration SHORTEST_AHEAD = Duration.ofMinutes(2);
    private static final String TURN = "token signing keys";

    private final PrivateKey fileKey;
    private final KeySeal seal;
    private final Duration ahead;
    private final Duration longestToken;
    private final Clock clock = Clock.systemUTC();

    StoredKeys(IdentityConfiguration configuration) {
        this.fileKey = Pem.readPrivateKey(configuration.tokenKey());
        this.seal = new KeySeal(fileKey);
        this.ahead = configuration.tokenKeyAhead();
        this.longestToken = configuration.longestToken();
        if (ahead.compareTo(SHORTEST_AHEAD) < 0) {
            throw new IllegalArgumentException(
                    "ringfence.identity.token-key-ahead is %s: verifiers need at least 2M to learn of a key before it signs"
                            .formatted(ahead));
        }
        if (configuration.tokenKeyAge().compareTo(ahead) <= 0) {
            throw new IllegalArgumentException(
                    "ringfence.identity.token-key-age must be longer than ringfence.identity.token-key-ahead (%s)"
                            .formatted(ahead));
        }
    }

    /// Changes to the keys take turns; released when the transaction ends.
    Uni<Void> inTurn(Transaction transaction) {
        return transaction.exclusively(TURN);
    }

    Uni<KeySchedule> schedule(Transaction transaction) {
        return transaction
                .list(DECLARATION, Selection.of(Scope.only(ROOT)))
                .map(stored ->
                        new KeySchedule(stored.stream().map(this::key).toList(), longestToken));
    }

    private TokenKey key(ObjectNode stored) {
        String keyId = stored.path(TokenKeyResource.KEY_ID).asText();
        String sealed = stored.path(TokenKeyResource.SEALED_KEY).asText("");
        try {
            return new TokenKey(
                    stored.path("ID").asText(),
                    publicKey(stored.path(TokenKeyResource.PUBLIC_KEY).asText()),
                    sealed.isEmpty() ? Optional.empty() : Optional.of(seal.open(keyId, sealed)),
                    Instant.parse(stored.path(TokenKeyResource.SIGNS_FROM).asText()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "Token key %s cannot be read with the file of ringfence.identity.token-key: restore the file that it was stored with"
                            .formatted(keyId),
                    e);
        }
    }

    private static ECPublicKey publicKey(String jwks) {
        return io.ringfence.trust.token.JwksDocument.parse(jwks).keys().values().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no public key"));
    }

    /// The first key is the file's own, which has been published since the installation was made.
    TokenKey first() {
        return TokenKey.of(ObjectId.fresh(), fileKey, clock.instant());
    }

    /// Signs once those who verify have had time to learn of it.
    TokenKey next() {
        return TokenKey.fresh(ObjectId.fresh(), clock.instant().plus(ahead));
    }

    /// Signs at once, in place of one that was withdrawn. Verifiers that have not seen it refuse it
    /// until they ask again, which is better than believing the other one.
    TokenKey atOnce() {
        return TokenKey.fresh(ObjectId.fresh(), clock.instant());
    }

    Uni<ObjectNode> insert(TokenKey key, Transaction transaction) {
        ObjectNode object =
                ObjectCheck.forCreate(DECLARATION, JsonNodeFactory.instance.objectNode());
        return transaction.insert(DECLARATION, fill(object.put("namespace", ROOT), key));
    }

    ObjectNode fill(ObjectNode object, TokenKey key) {
        object.put("ID", key.id())
                .put(TokenKeyResource.KEY_ID, key.keyId())
                .put(
                        TokenKeyResource.PUBLIC_KEY,
                        io.ringfence.trust.token.JwksDocument.of(key.publicKey()).toJson())
                .put(TokenKeyResource.SIGNS_FROM, Times.text(key.signsFrom()));
        key.privateKey()
                .ifPresent(secret ->
                        object.put(TokenKeyResource.SEALED_KEY, seal.seal(key.keyId(), secret)));
        return object;
    }

    /// Erases the private part of keys that have stopped signing, and forgets keys of which no
    /// token can be alive.
    Uni<Void> tidy(KeySchedule schedule, Transaction transaction) {
        Instant now = clock.instant();
        Uni<Void> done = Uni.createFrom().voidItem();
        for (TokenKey key : schedule.keys()) {
            switch (schedule.state(key, now)) {
                case PUBLISHED, SIGNING -> {}
                case RETIRED -> {
                    if (key.privateKey().isPresent()) {
                        done = done.chain(() -> erase(key, transaction));
                    }
                }
                case EXPIRED -> done = done.chain(() -> forget(key, transaction));
            }
        }
        return done;
    }

    private static Uni<Void> erase(TokenKey key, Transaction transaction) {
        return locked(key, transaction)
                .chain(stored ->
                        transaction.update(
                                DECLARATION, stored.put(TokenKeyResource.SEALED_KEY, "")))
                .replaceWithVoid();
    }

    private static Uni<Void> forget(TokenKey key, Transaction transaction) {
        return locked(key, transaction).chain(stored -> transaction.delete(DECLARATION, stored));
    }

    private static Uni<ObjectNode> locked(TokenKey key, Transaction transaction) {
        return transaction.lock(DECLARATION, key.id()).map(Optional::orElseThrow);
    }

    Duration longestToken() {
        return longestToken;
    }
}
