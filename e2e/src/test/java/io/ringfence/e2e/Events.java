package io.ringfence.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A push session, dialled as the 5.0 client dials it: everything in the query, no header.
final class Events implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    private Events(URI address) {
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(address, new Ear())
                        .join();
    }

    /// @param position where to go on; empty: from now
    static Events open(String api, String namespace, String token, String position) {
        String query =
                "?namespace=%s&token=%s&mode=all&enableErrors=true"
                        .formatted(encoded(namespace), encoded(token));
        if (!position.isEmpty()) {
            query += "&position=" + encoded(position);
        }
        return new Events(URI.create(api.replace("http", "ws") + "/events" + query));
    }

    List<JsonNode> heard() {
        return heard;
    }

    JsonNode awaitEntity(String id, String type) {
        return await().atMost(PATIENCE)
                .until(() -> find(id, type), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> find(String id, String type) {
        return heard.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .filter(event -> event.path("entity").path("ID").asText().equals(id))
                .findFirst();
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    heard.add(Stack.JSON.readTree(text.toString()));
                } catch (JsonProcessingException notJson) {
                    throw new AssertionError(text.toString(), notJson);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
