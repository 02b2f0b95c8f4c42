package io.ringfence.gateway.events;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What comes next for one client: from memory or, for who is far behind, from Kafka. Lives on the
/// connection's event loop.
final class EventFeed {
    private static final Logger LOG = Logger.getLogger(EventFeed.class);
    private static final long RETRY_MILLISECONDS = 500;

    /// Whom the feed is for.
    interface Reader {
        /// There may be something next.
        void more();

        /// What would be next is not kept any more.
        void gone();
    }

    private final Vertx vertx;
    private final EventTail tail;
    private final Cursor cursor;
    private final Reader reader;
    private final Deque<ObjectEvent> ahead = new ArrayDeque<>();
    private boolean lookingBack;

    EventFeed(Vertx vertx, EventTail tail, Position start, Reader reader) {
        this.vertx = vertx;
        this.tail = tail;
        this.cursor = new Cursor(start);
        this.reader = reader;
    }

    /// From any thread.
    boolean covers(int partition) {
        return cursor.covers(partition);
    }

    /// The same one until it is passed. When there is none now, the reader is told of more that had
    /// to be read again; that something new was written, somebody else has to tell it.
    Optional<ObjectEvent> next() {
        while (!lookingBack) {
            ObjectEvent event = ahead.peek();
            if (event != null && cursor.awaits(event)) {
                return Optional.of(event);
            }
            if (event != null) {
                ahead.remove();
            } else if (!lookAhead()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    void pass(ObjectEvent event) {
        cursor.pass(event);
    }

    Position position() {
        return cursor.position();
    }

    void close() {
        ahead.clear();
    }

    private boolean lookAhead() {
        for (int partition : cursor.partitions()) {
            switch (tail.look(partition, cursor.next(partition))) {
                case RecentEvents.Look.Found(List<ObjectEvent> events) -> {
                    ahead.addAll(events);
                    return true;
                }
                case RecentEvents.Look.NothingNew() -> {}
                case RecentEvents.Look.Forgotten() -> {
                    lookBack(partition);
                    return false;
                }
            }
        }
        return false;
    }

    private void lookBack(int partition) {
        lookingBack = true;
        tail.lookBack(partition, cursor.next(partition))
                .onFailure(failure -> {
                    LOG.debugf("No look back: %s", failure);
                    vertx.timer(RETRY_MILLISECONDS, TimeUnit.MILLISECONDS)
                            .onSuccess(waited -> lookedBack());
                })
                .onSuccess(piece -> {
                    switch (piece) {
                        case EventTail.Piece.Found(List<ObjectEvent> events, long next) -> {
                            ahead.addAll(events);
                            if (events.isEmpty()) {
                                cursor.advance(partition, next);
                            }
                            lookedBack();
                        }
                        case EventTail.Piece.Gone() -> reader.gone();
                    }
                });
    }

    private void lookedBack() {
        lookingBack = false;
        reader.more();
    }
}
