package io.ringfence.flowingest;

import io.ringfence.embedded.process.ServerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A VictoriaMetrics of a test's own, which may be killed and started again.
final class Store implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern VALUE = Pattern.compile("\"value\":\\[[0-9.]+,\"(\\d+)\"]");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final List<String> command;
    private final URI url;
    private @Nullable ServerProcess server;

    private Store(Path folder, String... flags) throws IOException {
        this.folder = folder;
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        url = URI.create("http://127.0.0.1:" + port);
        command =
                new ArrayList<>(
                        List.of(
                                "victoria-metrics",
                                "-storageDataPath=" + folder.resolve("data"),
                                "-httpListenAddr=127.0.0.1:" + port,
                                "-retentionPeriod=1y"));
        command.addAll(List.of(flags));
        Runtime.getRuntime().addShutdownHook(new Thread(this::killQuietly));
    }

    static Store exact(Path folder) throws IOException, InterruptedException {
        return new Store(folder, "-dedup.minScrapeInterval=1ms", "-search.latencyOffset=0s")
                .start();
    }

    static Store withoutDeduplication(Path folder) throws IOException, InterruptedException {
        return new Store(folder).start();
    }

    Store start() throws IOException, InterruptedException {
        server =
                ServerProcess.start(
                        command, folder.resolve("log"), () -> answers(url + "/health"), PATIENCE);
        return this;
    }

    void kill() throws InterruptedException {
        if (server != null) {
            server.kill();
        }
    }

    /// Also when the tests are ended from outside.
    private void killQuietly() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI url() {
        return url;
    }

    /// The answer, word by word.
    String ask(String query, Instant time) throws IOException, InterruptedException {
        return get(
                url
                        + "/api/v1/query?nocache=1&time=%d&query=%s"
                                .formatted(
                                        time.getEpochSecond(),
                                        URLEncoder.encode(query, StandardCharsets.UTF_8)));
    }

    /// What an enforcer's flows add up to within two hours before the time.
    long sum(String selector, Instant time) throws IOException, InterruptedException {
        String answer = ask("sum(sum_over_time(%s[2h]))".formatted(selector), time);
        Matcher value = VALUE.matcher(answer);
        return value.find() ? Long.parseLong(value.group(1)) : 0;
    }

    static boolean answers(String url) {
        try {
            get(url);
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// @throws IOException also when the answer is not 200
    static String get(String url) throws IOException, InterruptedException {
        var response =
                HTTP.send(
                        HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                        BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(url + " answered " + response.statusCode());
        }
        return response.body();
    }

    @Override
    public void close() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }
}
