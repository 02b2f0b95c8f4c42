package io.ringfence.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.cli.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Calls the API at the gateway. Every answer that is not a success becomes one sentence: what the
/// error array says.
public final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String apiUrl;
    private final HttpClient http;
    private @Nullable String token;

    public ApiClient(String apiUrl, SSLContext tls, @Nullable String token) {
        this.apiUrl = apiUrl.replaceFirst("/+$", "");
        this.http =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .connectTimeout(Duration.ofSeconds(5))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        this.token = token;
    }

    public static ApiClient of(Credential credential) {
        return new ApiClient(credential.apiUrl(), credential.tls(), null);
    }

    /// One parameter of a query; names may repeat.
    public record Parameter(String name, String value) {}

    /// What came back: the body (missing when there was none) and the headers people ask for.
    public record Answer(JsonNode body, Map<String, List<String>> headers) {
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /// A token for the certificate this client presents; asked for once.
    public synchronized String token() {
        if (token == null) {
            token = issue(JSON.createObjectNode().put("realm", "Certificate"));
        }
        return token;
    }

    public String issue(ObjectNode request) {
        Answer answer = send("POST", "/issue", "", List.of(), request, false);
        return answer.body().path("token").asText();
    }

    public Answer call(
            String method,
            String path,
            String namespace,
            List<Parameter> parameters,
            @Nullable JsonNode body) {
        return send(method, path, namespace, parameters, body, true);
    }

    private Answer send(
            String method,
            String path,
            String namespace,
            List<Parameter> parameters,
            @Nullable JsonNode body,
            boolean authenticated) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(apiUrl + path + query(parameters)))
                        .timeout(TIMEOUT)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : publisher(body));
        if (!namespace.isEmpty()) {
            request.header("X-Namespace", namespace);
        }
        if (authenticated) {
            request.header("Authorization", "Bearer " + token());
        }
        try {
            HttpResponse<byte[]> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer =
                    response.body().length == 0
                            ? JSON.missingNode()
                            : JSON.readTree(response.body());
            if (response.statusCode() >= 300) {
                throw refused(response.statusCode(), answer);
            }
            return new Answer(answer, response.headers().map());
        } catch (JsonProcessingException notJson) {
            throw new UserError(
                    "The answer of "
                            + apiUrl
                            + path
                            + " is not JSON; is this a Ringfence console?");
        } catch (IOException unreachable) {
            String why =
                    unreachable.getMessage() == null
                            ? unreachable.getClass().getSimpleName()
                            : unreachable.getMessage();
            throw new UserError("Cannot reach the API at " + apiUrl + " (" + why + ").");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted.");
        }
    }

    private static HttpRequest.BodyPublisher publisher(JsonNode body) {
        return HttpRequest.BodyPublishers.ofString(body.toString());
    }

    private static String query(List<Parameter> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream()
                        .map(parameter ->
                                encoded(parameter.name()) + "=" + encoded(parameter.value()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static UserError refused(int status, JsonNode answer) {
        StringBuilder sentence = new StringBuilder();
        for (JsonNode error : answer.isArray() ? answer : List.of(answer)) {
            String attribute = error.path("data").path("attribute").asText("");
            sentence.append(sentence.isEmpty() ? "" : "\n           ")
                    .append("error ")
                    .append(status)
                    .append(" (")
                    .append(error.path("subject").asText("gateway"))
                    .append("): ")
                    .append(error.path("title").asText("Error"))
                    .append(": ")
                    .append(error.path("description").asText(""));
            if (!attribute.isEmpty()) {
                sentence.append(" [").append(attribute).append(']');
            }
        }
        int exitCode =
                switch (status) {
                    case 401, 403 -> 4;
                    case 404 -> 3;
                    case 409, 423 -> 5;
                    default -> 1;
                };
        return new UserError(exitCode, sentence.toString());
    }
}
