package io.ringfence.gateway.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.gateway.consume.KafkaClients;
import io.ringfence.gateway.consume.RecordListener;
import io.ringfence.gateway.consume.TopicHistory;
import io.ringfence.gateway.consume.TopicReader;
import io.ringfence.gateway.consume.UnreadableRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// The end of the topic, heard once for all connections, and a way to look back from there.
@Startup
@ApplicationScoped
class EventTail implements RecordListener {
    private static final int PIECE_BYTES = 256 << 10;
    private static final int LOOKBACKS_AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 2;

    private final Vertx vertx;
    private final EventMetrics metrics;
    private final RecentEvents recent;
    private final TopicHistory history;
    private final WorkerExecutor workers;
    private final Set<EventConnection> connections = ConcurrentHashMap.newKeySet();
    private final TopicReader reader;

    EventTail(
            KafkaClients kafka,
            Vertx vertx,
            EventsConfig config,
            EventMetrics metrics,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.recent = new RecentEvents(config.memory().asLongValue());
        this.history = kafka.history(Topic.AUDIT_RECORDED, PIECE_BYTES);
        this.workers = vertx.createSharedWorkerExecutor("event-lookback", LOOKBACKS_AT_ONCE);
        registry.gauge("ringfence_gateway_event_streams", connections, Set::size);
        this.reader = kafka.read(List.of(Topic.AUDIT_RECORDED), TopicReader.Start.END, this);
    }

    /// Some events that were read again.
    sealed interface Piece {
        /// @param next the offset to go on from
        record Found(List<ObjectEvent> events, long next) implements Piece {}

        record Gone() implements Piece {}
    }

    boolean isReady() {
        return reader.isReady();
    }

    /// The end, in every partition where something about the namespace can be.
    Position now(EventsRequest request) {
        SortedMap<Integer, Long> ends = new TreeMap<>();
        partitions(request).forEach(partition -> ends.put(partition, recent.end(partition)));
        return new Position(ends);
    }

    /// Whether the position is one that a connection for the same namespace could have been at.
    /// Another gateway may have been faster, so a position beyond the end is waited for.
    Future<Boolean> knows(Position position, EventsRequest request) {
        if (!position.next().keySet().equals(Set.copyOf(partitions(request)))) {
            return Future.succeededFuture(false);
        }
        if (isReached(position)) {
            return Future.succeededFuture(true);
        }
        var caughtUp = reader.catchUp().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Future.fromCompletionStage(caughtUp, vertx.getOrCreateContext())
                .otherwiseEmpty()
                .map(heard -> isReached(position));
    }

    RecentEvents.Look look(int partition, long offset) {
        return recent.look(partition, offset);
    }

    /// Fails when Kafka cannot be asked.
    Future<Piece> lookBack(int partition, long offset) {
        metrics.lookedBack();
        return workers.executeBlocking(
                () ->
                        switch (history.read(partition, offset)) {
                            case TopicHistory.Piece.Gone() -> new Piece.Gone();
                            case TopicHistory.Piece.Found(var records, long next) ->
                                    new Piece.Found(readable(records), next);
                        },
                false);
    }

    void add(EventConnection connection) {
        connections.add(connection);
    }

    void remove(EventConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void starts(TopicPartition partition, long next) {
        recent.begin(partition.partition(), next);
    }

    @Override
    public void heard(ConsumerRecord<String, byte[]> record) {
        try {
            recent.add(ObjectEvent.of(record));
        } catch (UnreadableRecord unreadable) {
            recent.skip(record.partition(), record.offset());
            throw unreadable;
        }
        connections.forEach(connection -> connection.wake(record.partition()));
    }

    /// Streams count as requests under way, so they have to go before the gateway waits for those.
    void closeAll(@Observes ShutdownDelayInitiatedEvent stopping) {
        connections.forEach(connection -> connection.goAway("the gateway stops"));
    }

    void stop(@Observes ShutdownEvent stopping) {
        workers.close();
    }

    private boolean isReached(Position position) {
        return position.next().entrySet().stream()
                .allMatch(next -> next.getValue() <= recent.end(next.getKey()));
    }

    private List<Integer> partitions(EventsRequest request) {
        int all = recent.partitions();
        boolean everything =
                request.children() && Partitioning.tenantOf(request.namespace()).isEmpty();
        return everything
                ? IntStream.range(0, all).boxed().toList()
                : List.of(Partitioning.ofNamespace(request.namespace(), all));
    }

    private List<ObjectEvent> readable(List<ConsumerRecord<String, byte[]>> records) {
        List<ObjectEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                events.add(ObjectEvent.of(record));
            } catch (UnreadableRecord unreadable) {
                metrics.skipped();
            }
        }
        return events;
    }
}
