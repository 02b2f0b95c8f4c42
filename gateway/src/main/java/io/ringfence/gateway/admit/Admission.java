package io.ringfence.gateway.admit;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.gateway.authorize.Authorizations;
import io.ringfence.gateway.authorize.Authorizer;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.authorize.Decision.NamespaceUnknown;
import io.ringfence.gateway.authorize.Namespaces;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.gateway.consume.KafkaClients;
import io.ringfence.gateway.consume.ObjectStates;
import io.ringfence.gateway.consume.TopicReader;
import io.ringfence.gateway.consume.UnreadableRecord;
import io.ringfence.trust.assertion.AssertedCaller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Decides on the state of the two topics, and waits up to two seconds for their ends before it
/// believes that a namespace does not exist.
@Startup
@ApplicationScoped
public class Admission implements ObjectStates.Listener {
    private static final long PATIENCE_SECONDS = 2;
    private static final long ANNOUNCED_WITHIN_MILLISECONDS = 200;

    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Namespaces namespaces = new Namespaces();
    private final Authorizations authorizations = new Authorizations();
    private final Authorizer authorizer =
            new Authorizer(namespaces, authorizations, Clock.systemUTC());
    private final TopicReader reader;

    Admission(KafkaClients kafka, Vertx vertx, MeterRegistry metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
        metrics.gauge("ringfence_gateway_namespaces", namespaces, Namespaces::size);
        this.reader =
                kafka.read(
                        List.of(Topic.NAMESPACE_CHANGED, Topic.AUTHORIZATION_CHANGED),
                        TopicReader.Start.BEGINNING,
                        new ObjectStates(this));
    }

    /// Completes on the caller's context. Never fails.
    public Future<Decision> decide(Question question) {
        Decision first = authorizer.decide(question);
        if (!(first instanceof NamespaceUnknown)) {
            return Future.succeededFuture(counted(first));
        }
        return caughtUp().compose(heard -> decideOnceMore(question)).map(this::counted);
    }

    /// What was created a moment ago may be stored and not yet announced, so an unknown namespace
    /// is looked for twice.
    private Future<Decision> decideOnceMore(Question question) {
        Decision second = authorizer.decide(question);
        if (!(second instanceof NamespaceUnknown)) {
            return Future.succeededFuture(second);
        }
        return vertx.timer(ANNOUNCED_WITHIN_MILLISECONDS, TimeUnit.MILLISECONDS)
                .compose(waited -> caughtUp())
                .map(heard -> authorizer.decide(question));
    }

    private Future<Void> caughtUp() {
        var caughtUp = reader.catchUp().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Future.fromCompletionStage(caughtUp, vertx.getOrCreateContext()).otherwiseEmpty();
    }

    /// The namespaces where the caller may see at least the namespace itself. A question per
    /// namespace, so it takes a while.
    public List<String> accessibleTo(AssertedCaller caller, String remoteAddress) {
        return namespaces.names().stream()
                .filter(name ->
                        authorizer.decide(
                                        new Question(
                                                caller, "namespace", Verb.GET, name, remoteAddress))
                                instanceof Decision.Allowed)
                .toList();
    }

    /// Whether everything has been heard that was written before the gateway started.
    public boolean isReady() {
        return reader.isReady();
    }

    @Override
    public void changed(ObjectState state, JsonNode json) {
        if (state.getIdentity().equals("namespace")) {
            String name = json.path("name").asText("");
            if (!name.startsWith("/")) {
                throw new UnreadableRecord("the namespace has no absolute name");
            }
            namespaces.put(state.getId(), name);
        } else {
            authorizations.put(state, json);
        }
    }

    @Override
    public void deleted(String topic, String id) {
        if (topic.equals(Topic.NAMESPACE_CHANGED.topicName())) {
            namespaces.remove(id);
        } else {
            authorizations.remove(id);
        }
    }

    private Decision counted(Decision decision) {
        String outcome =
                switch (decision) {
                    case Decision.Allowed _ -> "allowed";
                    case Decision.Denied _ -> "denied";
                    case NamespaceUnknown _ -> "namespace_unknown";
                };
        metrics.counter("ringfence_gateway_decisions", "outcome", outcome).increment();
        return decision;
    }
}
