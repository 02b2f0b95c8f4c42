package io.ringfence.policy.world;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// How far this instance has compiled what was announced. Told by the reader's thread, asked by
/// any.
@ApplicationScoped
public class WorldProgress {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private volatile Map<TopicPartition, Long> compiled = Map.of();
    private @Nullable Admin admin;

    private record Waiting(Map<TopicPartition, Long> ends, CompletableFuture<Void> caughtUp) {
        boolean isOver(Map<TopicPartition, Long> positions) {
            return caughtUp.isDone()
                    || ends.entrySet().stream()
                            .allMatch(end ->
                                    positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }
    }

    WorldProgress(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /// Completes when everything is compiled, and handed on to be sent, that was announced before
    /// this call. Who does not want to wait any more completes it itself.
    public CompletionStage<Void> caughtUp() {
        CompletableFuture<Void> caughtUp = new CompletableFuture<>();
        Map<TopicPartition, OffsetSpec> latest =
                compiled.keySet().stream()
                        .collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest()));
        if (latest.isEmpty()) {
            caughtUp.completeExceptionally(
                    new IllegalStateException("The topics are still being read"));
            return caughtUp;
        }
        admin().listOffsets(latest)
                .all()
                .whenComplete((ends, failure) -> {
                    if (failure != null) {
                        caughtUp.completeExceptionally(failure);
                    } else {
                        await(new Waiting(offsets(ends), caughtUp));
                    }
                });
        return caughtUp;
    }

    private static Map<TopicPartition, Long> offsets(
            Map<TopicPartition, ListOffsetsResultInfo> ends) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ends.forEach((partition, end) -> offsets.put(partition, end.offset()));
        return offsets;
    }

    private void await(Waiting one) {
        waiting.add(one);
        // The reader may have been there between the answer and the entry.
        complete();
    }

    void reached(Map<TopicPartition, Long> positions) {
        compiled = positions;
        complete();
    }

    private void complete() {
        Map<TopicPartition, Long> positions = compiled;
        waiting.removeIf(each -> {
            boolean isOver = each.isOver(positions);
            if (isOver) {
                each.caughtUp().complete(null);
            }
            return isOver;
        });
    }

    /// Made when somebody asks for the first time.
    private synchronized Admin admin() {
        Admin made = admin;
        if (made == null) {
            Map<String, Object> config = new HashMap<>(kafka);
            config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
            config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
            made = Admin.create(config);
            admin = made;
        }
        return made;
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
