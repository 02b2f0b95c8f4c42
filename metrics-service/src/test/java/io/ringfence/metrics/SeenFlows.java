package io.ringfence.metrics;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/// Flows in the store, as flow-ingest-service would have written them.
final class SeenFlows {
    private static final String LABELS =
            """
            {accept="%s",action="%s",destination_id="db",destination_ip="10.77.0.4",\
            destination_namespace="%s",destination_port="5432",destination_type="ProcessingUnit",\
            enforcer_id="e1",namespace="%s",policy_id="p1",policy_name="not-from-dev",\
            policy_namespace="%s",protocol="6",side="%s",source_id="dev",source_ip="%s",\
            source_namespace="%s",source_type="ProcessingUnit"}\
            """;

    private final String store =
            Objects.requireNonNull(
                    TestInstallation.get()
                            .configurationOf(Principal.METRICS_SERVICE)
                            .get("ringfence.victoria-metrics.url"));
    private final List<String> lines = new ArrayList<>();

    /// @param windowEnd of the window in which they were seen
    SeenFlows seen(
            String metric,
            String namespace,
            String source,
            boolean accepted,
            long count,
            Instant windowEnd) {
        String side = metric.equals("flows") ? "destination" : "source";
        String labels =
                LABELS.formatted(
                        accepted,
                        accepted ? "Accept" : "Reject",
                        namespace,
                        namespace,
                        namespace,
                        side,
                        source,
                        namespace);
        return line(metric + labels, count, windowEnd);
    }

    /// Seen at the destination and rejected because no rule spoke about it.
    SeenFlows rejectedByDefault(
            String namespace, String sourceId, String destinationId, int port, Instant windowEnd) {
        return line(
                """
                flows{accept="false",action="Reject",destination_id="%s",destination_ip="10.77.1.2",\
                destination_namespace="%s",destination_port="%d",destination_type="ProcessingUnit",\
                enforcer_id="e1",namespace="%s",policy_id="default",policy_name="default",\
                policy_namespace="/",protocol="6",side="destination",source_id="%s",\
                source_ip="10.77.1.1",source_namespace="%s",source_type="ProcessingUnit"}\
                """
                        .formatted(destinationId, namespace, port, namespace, sourceId, namespace),
                1,
                windowEnd);
    }

    SeenFlows lost(String namespace, String reason, long count, Instant windowEnd) {
        return line(
                "flows_lost{namespace=\"%s\",enforcer_id=\"e1\",reason=\"%s\"}"
                        .formatted(namespace, reason),
                count,
                windowEnd);
    }

    private SeenFlows line(String series, long count, Instant windowEnd) {
        lines.add("%s %d %d".formatted(series, count, windowEnd.toEpochMilli() - 1));
        return this;
    }

    /// Returns when the store answers with them.
    void write() {
        String marker = "marker_%d".formatted(System.nanoTime());
        lines.add("%s 1 %d".formatted(marker, System.currentTimeMillis()));
        send(store + "/api/v1/import/prometheus", String.join("\n", lines));
        String query =
                URLEncoder.encode("last_over_time(" + marker + "[1h])", StandardCharsets.UTF_8);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        send(store + "/api/v1/query?nocache=1&query=" + query, "")
                                .contains("\"value\""));
    }

    private static String send(String url, String body) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
