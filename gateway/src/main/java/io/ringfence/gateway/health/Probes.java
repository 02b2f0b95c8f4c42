package io.ringfence.gateway.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.consume.KafkaClients;
import io.ringfence.gateway.health.Check.Type;
import io.ringfence.gateway.route.RouteConfig;
import io.ringfence.gateway.stream.EnforcerStreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/// Asks everyone every second, each for at most one and a half, and keeps the answers: what dies
/// shows within four seconds.
@ApplicationScoped
class Probes {
    private static final long EVERY_MILLISECONDS = 1_000;
    private static final int PATIENCE_MILLISECONDS = 1_500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx;
    private final KafkaClients kafka;
    private final Admission admission;
    private final EnforcerStreams streams;
    private final Map<String, URI> services;
    private final HttpClient client;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile List<Readiness> answers = List.of();
    private volatile Check messaging =
            Check.offline(Type.MESSAGING_SYSTEM, "kafka", Duration.ZERO, "Not asked yet.");
    private @Nullable Admin admin;

    Probes(
            Vertx vertx,
            KafkaClients kafka,
            Admission admission,
            EnforcerStreams streams,
            HealthConfig config,
            RouteConfig routes) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.admission = admission;
        this.streams = streams;
        this.services = ServiceHealth.addresses(config.health(), routes.services());
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setConnectTimeout(PATIENCE_MILLISECONDS));
    }

    void start(@Observes StartupEvent starting) {
        admin = kafka.admin(PATIENCE_MILLISECONDS);
        ask();
        vertx.setPeriodic(EVERY_MILLISECONDS, tick -> ask());
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    boolean gatewayIsReady() {
        return admission.isReady() && streams.isReady();
    }

    Overview overview() {
        Check gateway =
                gatewayIsReady()
                        ? Check.operational(Type.GENERAL, "gateway", Duration.ZERO)
                        : Check.offline(
                                Type.GENERAL,
                                "gateway",
                                Duration.ZERO,
                                "It has not read the state of the console yet.");
        return Overview.of(gateway, messaging, answers);
    }

    private void ask() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        List<Future<Readiness>> questions = new ArrayList<>();
        services.forEach((name, address) -> questions.add(readiness(name, address)));
        Future.join(List.of(Future.join(questions), messaging()))
                .onComplete(all -> {
                    answers = questions.stream().map(Future::result).toList();
                    asking.set(false);
                });
    }

    private Future<Readiness> readiness(String name, URI address) {
        long started = System.nanoTime();
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(address.toString())
                        .setTimeout(PATIENCE_MILLISECONDS);
        return client.request(options)
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .map(body -> Readiness.of(name, since(started), tree(body)))
                .otherwise(failure -> Readiness.unreachable(name, since(started)));
    }

    private Future<Void> messaging() {
        Admin asked = admin;
        if (asked == null) {
            return Future.succeededFuture();
        }
        long started = System.nanoTime();
        return Future.fromCompletionStage(asked.describeCluster().clusterId().toCompletionStage())
                .map(id -> Check.operational(Type.MESSAGING_SYSTEM, "kafka", since(started)))
                .otherwise(failure ->
                        Check.offline(
                                Type.MESSAGING_SYSTEM,
                                "kafka",
                                since(started),
                                "It does not answer."))
                .onSuccess(check -> messaging = check)
                .mapEmpty();
    }

    private static JsonNode tree(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration since(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
