package io.ringfence.flowingest.write;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// VictoriaMetrics' doors that ingest uses. Every call blocks; a call that got no good answer
/// throws an [IOException] whose message says which and why, and may be made again.
public final class VictoriaMetrics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_EXCUSE = 300;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final String STARTED = "process_start_time_seconds ";

    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    public VictoriaMetrics(URI url) {
        this.url = url;
    }

    public URI url() {
        return url;
    }

    /// @param body see [RemoteWriteBody#compressed()]
    public void write(byte[] body) throws IOException, InterruptedException {
        send(
                to("/api/v1/write")
                        .header("Content-Type", "application/x-protobuf")
                        .header("Content-Encoding", "snappy")
                        .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    /// The flags it was started with, one `-name="value"` a line.
    public String flags() throws IOException, InterruptedException {
        return send(to("/flags").GET());
    }

    /// When its process started: another answer means another process, which may lack the last
    /// seconds of what its predecessor took.
    public String startedAt() throws IOException, InterruptedException {
        return send(to("/metrics").GET())
                .lines()
                .filter(line -> line.startsWith(STARTED))
                .map(line -> line.substring(STARTED.length()))
                .findFirst()
                .orElseThrow(() -> new IOException(url + "/metrics does not say " + STARTED));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }

    private String send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("%s does not answer: %s".formatted(request.uri(), e), e);
        }
        if (response.statusCode() != OK && response.statusCode() != NO_CONTENT) {
            String excuse = response.body();
            throw new IOException(
                    "%s answered %d: %s"
                            .formatted(
                                    request.uri(),
                                    response.statusCode(),
                                    excuse.substring(
                                            0, Math.min(LONGEST_EXCUSE, excuse.length()))));
        }
        return response.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
