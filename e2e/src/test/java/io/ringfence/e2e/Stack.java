package io.ringfence.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stack as its user meets it: through `./ringfence` and the API's loopback address.
final class Stack {
    static final ObjectMapper JSON = new ObjectMapper();

    private final Path dataDir;
    private final int portBase;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable String token;

    private Stack(Path dataDir, int portBase) {
        this.dataDir = dataDir;
        this.portBase = portBase;
    }

    /// A stack with a fresh folder. Nothing runs yet.
    static Stack fresh(int portBase) {
        try {
            return new Stack(Files.createTempDirectory("ringfence-e2e-"), portBase);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    Path dataDir() {
        return dataDir;
    }

    CommandLine.Result ringfence(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        int separator = all.indexOf("--");
        all.addAll(
                separator < 0 ? all.size() : separator, List.of("--data-dir", dataDir.toString()));
        return CommandLine.ringfence(all);
    }

    CommandLine.Result up(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("up", "--detach", "--port-base", Integer.toString(portBase)));
        arguments.addAll(Arrays.asList(more));
        Instant began = Instant.now();
        CommandLine.Result result = ringfence(arguments.toArray(String[]::new));
        System.out.println(
                "up "
                        + String.join(" ", more)
                        + " took "
                        + Duration.between(began, Instant.now()).toMillis()
                        + " ms");
        token = null;
        return result;
    }

    CommandLine.Result down() {
        return ringfence("down");
    }

    JsonNode json(String... arguments) {
        return parsed(ringfence(arguments).succeeded().output());
    }

    static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException notJson) {
            throw new AssertionError("Not JSON: " + text, notJson);
        }
    }

    JsonNode status() {
        return parsed(ringfence("status", "-o", "json").output());
    }

    /// policy-service's metrics, line by line, as Prometheus would read them.
    List<String> policyMetrics() {
        URI address = URI.create("http://127.0.0.1:" + (portBase + 202) + "/q/metrics");
        return send(HttpRequest.newBuilder(address).build()).body().lines().toList();
    }

    long pidOf(String process) {
        for (JsonNode entry : status().path("processes")) {
            if (entry.path("name").asText().equals(process)) {
                return entry.path("pid").asLong();
            }
        }
        throw new AssertionError("no process " + process);
    }

    /// A process that has ended stays visible until somebody looks after it; it runs no more.
    static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    String token() {
        if (token == null) {
            token = ringfence("auth", "token").succeeded().output().strip();
        }
        return token;
    }

    /// What the API answered.
    record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    Answer call(String method, String path, String namespace, String body) {
        return send(method, path, namespace, "Bearer " + token(), body);
    }

    Answer send(
            String method,
            String path,
            @Nullable String namespace,
            @Nullable String authorization,
            String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (portBase + 80) + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (namespace != null) {
            request.header("X-Namespace", namespace);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = send(request.build());
        JsonNode json = response.body().isEmpty() ? JSON.missingNode() : parsed(response.body());
        return new Answer(response.statusCode(), json, response);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
