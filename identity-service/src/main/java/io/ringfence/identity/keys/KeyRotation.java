package io.ringfence.identity.keys;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.identity.IdentityConfiguration;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.store.background.PeriodicWork;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps this instance at what the database says, makes a new key when the newest has signed long
/// enough, and writes the public set to the file that the launcher serves. Instances take turns
/// over the file, and each writes what it has just read, so none puts an older set over a newer.
@Singleton
final class KeyRotation implements PeriodicWork {
    private static final Logger LOG = Logger.getLogger(KeyRotation.class);

    /// How soon another instance's change is noticed.
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final StoredKeys stored;
    private final TokenKeys keys;
    private final Transactions transactions;
    private final Duration age;
    private final @Nullable JwksFile file;

    KeyRotation(
            StoredKeys stored,
            TokenKeys keys,
            Transactions transactions,
            IdentityConfiguration configuration) {
        this.stored = stored;
        this.keys = keys;
        this.transactions = transactions;
        this.age = configuration.tokenKeyAge();
        this.file = configuration.jwksFile().map(JwksFile::new).orElse(null);
    }

    /// Before anything asks for a token.
    void start(@Observes @Priority(10) StartupEvent event) throws Throwable {
        turn();
    }

    @Override
    public String name() {
        return "token-keys";
    }

    @Override
    public Duration pause() {
        return PERIOD;
    }

    @Override
    public String whenItFails() {
        return "Token keys stay as they are";
    }

    @Override
    public void turn() throws Throwable {
        KeySchedule schedule = VertxContextSupport.subscribeAndAwait(keys::refresh);
        boolean asItShouldBe =
                !schedule.isDue(age, keys.now())
                        && schedule.keys().stream().noneMatch(key -> isLeftover(schedule, key))
                        && (file == null || file.holds(keys.published()));
        if (!asItShouldBe) {
            VertxContextSupport.subscribeAndAwait(() -> transactions.run(this::putRight));
            VertxContextSupport.subscribeAndAwait(keys::refresh);
        }
    }

    private boolean isLeftover(KeySchedule schedule, TokenKey key) {
        return switch (schedule.state(key, keys.now())) {
            case PUBLISHED, SIGNING -> false;
            case RETIRED -> key.privateKey().isPresent();
            case EXPIRED -> true;
        };
    }

    private Uni<Void> putRight(Transaction transaction) {
        return stored.inTurn(transaction)
                .chain(() -> stored.schedule(transaction))
                .call(schedule -> stored.tidy(schedule, transaction))
                .chain(schedule -> rotate(schedule, transaction))
                .chain(() -> stored.schedule(transaction))
                .invoke(this::publish)
                .replaceWithVoid();
    }

    private Uni<Void> rotate(KeySchedule schedule, Transaction transaction) {
        if (!schedule.isDue(age, keys.now())) {
            return Uni.createFrom().voidItem();
        }
        TokenKey key = schedule.keys().isEmpty() ? stored.first() : stored.next();
        LOG.infof("New %s", key);
        return stored.insert(key, transaction).replaceWithVoid();
    }

    /// A few hundred bytes, once per change; short enough for the event loop.
    private void publish(KeySchedule schedule) {
        if (file != null) {
            file.write(schedule.published(keys.now()));
        }
    }
}
