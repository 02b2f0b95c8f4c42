package io.ringfence.gateway;

import io.ringfence.contracts.topic.Principal;
import io.ringfence.testkit.installation.TestInstallation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/// The gateway's metrics, as Prometheus would read them.
record Metrics(String text) {
    static Metrics of(TestInstallation installation) {
        URI address =
                URI.create(
                        "http://127.0.0.1:"
                                + installation.installation().ports().management(Principal.GATEWAY)
                                + "/q/metrics");
        try {
            return new Metrics(
                    HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new AssertionError("no metrics: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Of all series whose name and labels begin so.
    double sum(String beginning) {
        return text.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
