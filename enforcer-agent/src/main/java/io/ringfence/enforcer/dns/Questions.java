package io.ringfence.enforcer.dns;

import io.ringfence.enforcer.dns.DnsMessages.Question;
import io.ringfence.enforcer.dns.Segment.Conversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Message;

/// What was asked and not answered yet. An answer counts if it comes from where the query went to
/// and repeats its id and question, once. For one thread; bounded.
final class Questions {
    private static final int QUESTIONS = 4096;
    private static final int STREAMS = 64;
    private static final Duration WAITING = Duration.ofSeconds(30);

    private final Map<Asked, Long> asked = new Latest<>(QUESTIONS);
    private final Map<Conversation, MessageStream> queries = new Latest<>(STREAMS);
    private final Map<Conversation, MessageStream> answers = new Latest<>(STREAMS);
    private long believed;
    private long unasked;
    private long unreadable;

    private record Asked(Conversation conversation, Question question) {}

    void query(byte[] packet, long nowMillis) {
        Optional<Segment> segment = Segment.read(packet);
        if (segment.isEmpty()) {
            return;
        }
        Conversation conversation = segment.get().asQuery();
        for (byte[] bytes : messages(segment.get(), conversation, queries).orElse(List.of())) {
            DnsMessages.read(bytes)
                    .flatMap(message -> DnsMessages.question(message, false))
                    .ifPresent(question -> asked.put(new Asked(conversation, question), nowMillis));
        }
    }

    List<NameAnswer> answer(byte[] packet, long nowMillis) {
        Optional<Segment> segment = Segment.read(packet);
        if (segment.isEmpty()) {
            unreadable++;
            return List.of();
        }
        Conversation conversation = segment.get().asAnswer();
        Optional<List<byte[]>> messages = messages(segment.get(), conversation, answers);
        if (messages.isEmpty()) {
            unreadable++;
            return List.of();
        }
        List<NameAnswer> found = new ArrayList<>();
        for (byte[] bytes : messages.get()) {
            DnsMessages.read(bytes)
                    .ifPresentOrElse(
                            message -> found.addAll(match(conversation, message, nowMillis)),
                            () -> unreadable++);
        }
        return found;
    }

    private List<NameAnswer> match(Conversation conversation, Message answer, long nowMillis) {
        Long askedMillis =
                DnsMessages.question(answer, true)
                        .map(question -> asked.remove(new Asked(conversation, question)))
                        .orElse(null);
        if (askedMillis == null || nowMillis - askedMillis > WAITING.toMillis()) {
            unasked++;
            return List.of();
        }
        believed++;
        return DnsMessages.addresses(answer);
    }

    /// Empty if a part of a TCP connection cannot be understood.
    private static Optional<List<byte[]>> messages(
            Segment segment, Conversation conversation, Map<Conversation, MessageStream> streams) {
        if (segment.protocol() == Segment.UDP) {
            return Optional.of(List.of(segment.content()));
        }
        if (segment.begins()) {
            streams.put(conversation, new MessageStream(segment.sequence()));
            return Optional.of(List.of());
        }
        MessageStream stream = streams.get(conversation);
        if (stream == null) {
            return segment.content().length == 0 ? Optional.of(List.of()) : Optional.empty();
        }
        Optional<List<byte[]>> messages = stream.add(segment);
        if (messages.isEmpty() || segment.ends()) {
            streams.remove(conversation);
        }
        return messages;
    }

    DnsCounts counts(long failed) {
        return new DnsCounts(believed, unasked, unreadable, failed);
    }

    /// Forgets the eldest.
    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;
        private final int limit;

        Latest(int limit) {
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }
}
