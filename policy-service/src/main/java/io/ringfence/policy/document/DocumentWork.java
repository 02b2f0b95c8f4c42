package io.ringfence.policy.document;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

/// Reading and writing documents of megabytes takes longer than an event loop may be held. Two at a
/// time, so that many of them cost memory for two.
@ApplicationScoped
public class DocumentWork {
    private static final int AT_A_TIME = 2;

    private final WorkerExecutor workers;

    DocumentWork(Vertx vertx) {
        this.workers = vertx.createSharedWorkerExecutor("documents", AT_A_TIME);
    }

    /// The outcome comes back on the caller's event loop.
    public <T> Uni<T> away(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> workers.executeBlocking(work, false).toCompletionStage());
    }

    @PreDestroy
    void stop() {
        workers.close();
    }
}
