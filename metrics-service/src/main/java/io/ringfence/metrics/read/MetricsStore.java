package io.ringfence.metrics.read;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.metrics.query.NamespaceScope;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Asks VictoriaMetrics. Blocks.
///
/// Each question carries a namespace filter of VictoriaMetrics' own (`extra_filters[]`), which it
/// adds to every selector, and `nocache=1`, without which it rounds the times asked about.
public final class MetricsStore implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST_ANSWER = 32 << 20;
    private static final int OK = 200;
    private static final int WRONG_QUESTION = 422;
    private static final int BAD_QUESTION = 400;

    private final URI url;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    public MetricsStore(URI url) {
        this.url = url;
    }

    /// @param path `/api/v1/query` or `/api/v1/query_range`
    /// @return the answer as it came: `{status,data{resultType,result}}`
    /// @throws ApiException 422 when it refuses the question, 503 when it does not answer
    public byte[] ask(String path, Map<String, String> question, NamespaceScope scope) {
        Map<String, String> form = new LinkedHashMap<>(question);
        form.put("extra_filters[]", "{" + scope.matcher() + "}");
        form.put("nocache", "1");
        form.put("timeout", PATIENCE.toSeconds() + "s");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(PATIENCE.plusSeconds(5))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encoded(form)))
                        .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return answer(response.statusCode(), body.readNBytes(LARGEST_ANSWER + 1));
            }
        } catch (IOException e) {
            throw unavailable("The metrics store does not answer; try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The service is stopping; try again");
        }
    }

    /// @return an instant question's answer, each series with its value at that time
    <T> T instant(String query, long timeMs, NamespaceScope scope, TypeReference<T> form) {
        byte[] answer =
                ask("/api/v1/query", Map.of("query", query, "time", Seconds.ofMs(timeMs)), scope);
        try {
            return json.readerFor(form).at("/data/result").readValue(answer);
        } catch (IOException e) {
            throw new IllegalStateException("VictoriaMetrics answered what is no vector", e);
        }
    }

    private byte[] answer(int status, byte[] body) {
        if (body.length > LARGEST_ANSWER) {
            throw Fault.of(
                            422,
                            "Answer Too Large",
                            "The answer is larger than %d MiB; ask about less time, fewer namespaces, or aggregate"
                                    .formatted(LARGEST_ANSWER >> 20))
                    .asException();
        }
        if (status == OK) {
            return body;
        }
        if (status == WRONG_QUESTION || status == BAD_QUESTION) {
            throw Fault.invalid("query", "The query cannot be answered: " + excuse(body))
                    .asException();
        }
        throw unavailable("The metrics store cannot answer now; try again");
    }

    private String excuse(byte[] body) {
        try {
            JsonNode answer = json.readTree(body);
            String excuse = answer.path("error").asText("");
            int cause = excuse.lastIndexOf("cannot execute query: ");
            String shown = cause < 0 ? excuse : excuse.substring(cause);
            return shown.length() > 500 ? shown.substring(0, 500) + "…" : shown;
        } catch (IOException e) {
            return "it gives no reason";
        }
    }

    private static ApiException unavailable(String sentence) {
        return Fault.of(503, "Service Unavailable", sentence).asException();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        http.close();
    }
}
