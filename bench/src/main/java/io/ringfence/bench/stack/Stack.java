package io.ringfence.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.bench.measure.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A stack in a folder of its own, gone with all it stored when closed.
public final class Stack implements AutoCloseable {
    public static final String LOOPBACK = "127.0.0.1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final Path dataDir;
    private final int portBase;
    private final HttpClient http = HttpClient.newHttpClient();

    /// When the measurement is interrupted.
    private final Thread atExit =
            new Thread(() -> {
                try {
                    takeDown();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

    private Stack(Path home, Path dataDir, int portBase) {
        this.home = home;
        this.dataDir = dataDir;
        this.portBase = portBase;
    }

    /// @param home the project's folder
    public static Stack up(Path home, int portBase) throws IOException {
        return up(home, portBase, LOOPBACK);
    }

    /// @param advertise the address of this machine at which enforcers reach the stack
    /// @param options of `ringfence up` besides
    public static Stack up(Path home, int portBase, String advertise, String... options)
            throws IOException {
        Stack stack = new Stack(home, Files.createTempDirectory("ringfence-bench-"), portBase);
        Runtime.getRuntime().addShutdownHook(stack.atExit);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--detach",
                                "--port-base",
                                Integer.toString(portBase),
                                "--advertise",
                                advertise));
        command.addAll(List.of(options));
        stack.ringfence(command.toArray(String[]::new));
        return stack;
    }

    public String api() {
        return "http://127.0.0.1:" + (portBase + 80);
    }

    public String apiTls() {
        return apiTls(LOOPBACK);
    }

    public String apiTls(String address) {
        return "https://" + address + ":" + (portBase + 443);
    }

    public String token() {
        return ringfence("auth", "token").strip();
    }

    /// Every process of the stack by its name.
    public Map<String, ProcessTree> processes() {
        Map<String, ProcessTree> processes = new LinkedHashMap<>();
        for (JsonNode process : parsed(ringfence("status", "-o", "json")).path("processes")) {
            processes.put(
                    process.path("name").asText(), new ProcessTree(process.path("pid").asLong()));
        }
        return processes;
    }

    /// @param part `certificate` or `certificateKey`, as PEM
    public String administratorCredential(String part) {
        try {
            JsonNode credential =
                    JSON.readTree(dataDir.resolve("credentials/administrator.json").toFile());
            return new String(Base64.getDecoder().decode(credential.path(part).asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The console's root certificate, PEM.
    public Path authority() {
        return path("pki/ca.pem");
    }

    /// Of a process, PEM.
    public Path certificate(String process) {
        return path("pki/%s.pem".formatted(process));
    }

    /// Of a process, PEM.
    public Path key(String process) {
        return path("pki/%s.key.pem".formatted(process));
    }

    /// Something below the folder of the stack.
    public Path path(String below) {
        return dataDir.resolve(below);
    }

    /// The first of two that nothing of the stack uses.
    public int freePorts() {
        return portBase + 96;
    }

    public int kafkaPort() {
        return portBase + 92;
    }

    /// Where enforcers report to, at the advertised address.
    public int enforcersKafkaPort() {
        return portBase + 93;
    }

    public int postgresPort() {
        return portBase + 432;
    }

    public JsonNode create(String plural, String namespace, String token, String body) {
        return call("POST", plural, namespace, token, body);
    }

    public JsonNode call(String method, String path, String namespace, String token, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(api() + "/" + path))
                        .header("Authorization", "Bearer " + token)
                        .header("X-Namespace", namespace)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "%s %s %d: %s".formatted(method, path, answer.statusCode(), answer.body()));
            }
            return parsed(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        takeDown();
    }

    private void takeDown() throws IOException {
        ringfence("down");
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String ringfence(String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("ringfence").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data-dir", dataDir.toString()));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
