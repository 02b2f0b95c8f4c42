package io.ringfence.identity.accounts;

import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Computes hashes off the event loop, on half of the processors (one hash: 19 MiB and some 60 ms),
/// with a short queue: more logins than that are refused at once, so that strangers can use up
/// neither memory nor all of the processors.
@Singleton
final class Passwords {
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final int WAITING = 64;

    /// Of a password that nobody knows, for accounts that are not there.
    private final String nobodys = Argon2.hash(java.util.UUID.randomUUID().toString());

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    AT_ONCE,
                    AT_ONCE,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(WAITING),
                    Thread.ofPlatform().daemon().name("passwords-", 0).factory());

    Uni<String> hash(String password) {
        return compute(() -> Argon2.hash(password));
    }

    /// @param stored empty: none, which takes as long as any and is always wrong
    Uni<Boolean> verify(String password, String stored) {
        return compute(() ->
                Argon2.verify(password, stored.isEmpty() ? nobodys : stored) && !stored.isEmpty());
    }

    /// Comes back to where it was asked for, since a transaction may be waiting there.
    private <T> Uni<T> compute(Supplier<T> work) {
        Context context = Vertx.currentContext();
        Executor back =
                context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
        return Uni.createFrom()
                .<T>emitter(emitter -> {
                    try {
                        threads.execute(() -> {
                            try {
                                emitter.complete(work.get());
                            } catch (RuntimeException e) {
                                emitter.fail(e);
                            }
                        });
                    } catch (RejectedExecutionException tooMany) {
                        emitter.fail(tooManyAtOnce());
                    }
                })
                .emitOn(back);
    }

    /// Whether one more would be refused at the moment.
    boolean isBusy() {
        return threads.getQueue().remainingCapacity() == 0;
    }

    static ApiException tooManyAtOnce() {
        return Fault.of(
                        429,
                        "Too Many Requests",
                        "Too many logins at once: try again in a few seconds")
                .asException();
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
