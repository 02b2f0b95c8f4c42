package io.ringfence.enforcer.dataplane;

import io.ringfence.enforcer.netlink.GracePeriod;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells `nft` what to change, by a session where this `nft` has one, and else by a process each.
/// In the network namespace of the first thread that asks. For one thread at a time.
///
/// Between two transactions every packet that was being judged before the first has been judged: so
/// what the second removes is in nobody's hands. A process of its own waits for that as it ends;
/// after a session's transaction it is waited for while nobody else waits.
final class Transactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    /// A session remembers what it was told, and keeps the memory of the longest transaction.
    private static final int MOST_TOLD = 1_000;

    private static final int LONGEST_KEPT = 1 << 20;

    /// A native call holds its thread.
    private static final Executor WAITING =
            task -> Thread.ofPlatform().daemon().name("grace").start(task);

    private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
    private @Nullable NftSession session;
    private boolean hasNoSessions;
    private volatile boolean isBlind;

    /// Applies a script as one transaction.
    ///
    /// @throws DataplaneException if nobody knows what became of it
    Nft.Answer apply(String script) throws DataplaneException {
        settled.join();
        NftSession current = session();
        if (current == null) {
            return Nft.apply(script);
        }
        try {
            Nft.Answer answer = current.apply(script);
            settled = CompletableFuture.runAsync(this::settle, WAITING);
            if (current.told() > MOST_TOLD || script.length() > LONGEST_KEPT) {
                close();
            }
            return answer;
        } catch (IOException lost) {
            close();
            throw new DataplaneException("nft has ended in the middle of a change", lost);
        }
    }

    /// Whether packets are waited for, as far as is known.
    boolean settles() {
        return !isBlind;
    }

    private void settle() {
        try {
            GracePeriod.await();
        } catch (IOException refused) {
            isBlind = true;
            LOG.debug("packets are not waited for: {}", refused.getMessage());
        }
    }

    private @Nullable NftSession session() {
        if (session == null && !hasNoSessions) {
            try {
                session = NftSession.open(Nft.COMMAND);
            } catch (IOException unable) {
                LOG.warn("nft is started for each change: {}", unable.getMessage());
                hasNoSessions = true;
            }
        }
        return session;
    }

    @Override
    public void close() {
        NftSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
