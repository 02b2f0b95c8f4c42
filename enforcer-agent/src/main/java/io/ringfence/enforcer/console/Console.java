package io.ringfence.enforcer.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.trust.certificate.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The console as one client certificate sees it, or as nobody in particular before there is one.
public final class Console implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI api;
    private final String namespace;
    private final @Nullable String bearerToken;
    private final HttpClient client;

    private Console(
            URI api, String namespace, @Nullable String bearerToken, SSLContext certificates) {
        this.api = api;
        this.namespace = namespace;
        this.bearerToken = bearerToken;
        this.client =
                HttpClient.newBuilder()
                        .sslContext(certificates)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
    }

    public static Console of(URI api, EnforcerIdentity identity) {
        return new Console(
                api,
                identity.namespace(),
                null,
                TlsContexts.of(identity.authority(), identity.credential()));
    }

    /// Without a certificate, with a bootstrap token.
    public static Console bootstrap(
            URI api, String namespace, X509Certificate authority, String token) {
        return new Console(api, namespace, token, TlsContexts.trusting(authority));
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return ask(request(path).GET());
    }

    public Answer post(String path, JsonNode body) throws IOException, InterruptedException {
        return ask(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /// Opens a websocket at the path.
    public CompletableFuture<WebSocket> stream(String path, WebSocket.Listener listener) {
        String scheme = "https".equals(api.getScheme()) ? "wss" : "ws";
        return client.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .header(Header.NAMESPACE, namespace)
                .buildAsync(URI.create(scheme + "://" + api.getRawAuthority() + path), listener);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.resolve(path))
                        .timeout(PATIENCE)
                        .header("Accept", "application/json")
                        .header(Header.NAMESPACE, namespace);
        if (bearerToken != null) {
            request.header("Authorization", "Bearer " + bearerToken);
        }
        return request;
    }

    private Answer ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String body = response.body();
        try {
            return new Answer(
                    response.statusCode(),
                    body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body));
        } catch (JsonProcessingException notJson) {
            return new Answer(response.statusCode(), MissingNode.getInstance());
        }
    }

    /// Ends open connections too.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
