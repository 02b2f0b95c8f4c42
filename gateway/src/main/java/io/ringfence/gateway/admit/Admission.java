package io.ringfence.gateway.admit;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.gateway.authorize.AccessibleNamespace;
import io.ringfence.gateway.authorize.Authorizations;
import io.ringfence.gateway.authorize.Authorizer;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.authorize.Decision.NamespaceUnknown;
import io.ringfence.gateway.authorize.Namespaces;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.gateway.authorize.Revocations;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
    private final Revocations revocations = new Revocations();
    private final Authorizer authorizer =
            new Authorizer(namespaces, authorizations, revocations, Clock.systemUTC());
    private final List<Consumer<String>> whenRevoked = new CopyOnWriteArrayList<>();
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

    /// Whether the caller is an enforcer whose certificate was revoked: to be refused like anybody
    /// whose token is no good (401), also where nothing has to be permitted.
    public boolean isRevoked(AssertedCaller caller) {
        return authorizer.isRevoked(caller);
    }

    /// Tells the listener the id of every enforcer that is revoked from now on, on the reader's
    /// thread: it must not block.
    public void onRevoked(Consumer<String> enforcerId) {
        whenRevoked.add(enforcerId);
    }

    /// The namespaces that exist and in which the caller may do anything at all, by name. For
    /// `/accessiblenamespaces`.
    ///
    /// @param remoteAddress numeric
    public List<AccessibleNamespace> accessibleNamespaces(
            AssertedCaller caller, String remoteAddress) {
        return authorizer.accessibleNamespaces(caller, remoteAddress);
    }

    private Future<Void> caughtUp() {
        var caughtUp = reader.catchUp().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Future.fromCompletionStage(caughtUp, vertx.getOrCreateContext()).otherwiseEmpty();
    }

    /// Whether everything has been heard that was written before the gateway started.
    public boolean isReady() {
        return reader.isReady();
    }

    @Override
    public void changed(ObjectState state, JsonNode json) {
        switch (state.getIdentity()) {
            case "namespace" -> {
                String name = json.path("name").asText("");
                if (!name.startsWith("/")) {
                    throw new UnreadableRecord("the namespace has no absolute name");
                }
                namespaces.put(state.getId(), name);
            }
            case "enforcercertificate" ->
                    revoked(state.getId(), json.path("revoked").asBoolean(false));
            default -> authorizations.put(state, json);
        }
    }

    private void revoked(String enforcerId, boolean revoked) {
        if (revocations.put(enforcerId, revoked) && revoked) {
            whenRevoked.forEach(listener -> listener.accept(enforcerId));
        }
    }

    @Override
    public void deleted(String topic, String id) {
        if (topic.equals(Topic.NAMESPACE_CHANGED.topicName())) {
            namespaces.remove(id);
        } else {
            authorizations.remove(id);
            revoked(id, false);
        }
    }

    private Decision counted(Decision decision) {
        String outcome =
                switch (decision) {
                    case Decision.Allowed _ -> "allowed";
                    case Decision.Denied _ -> "denied";
                    case Decision.Revoked _ -> "revoked";
                    case NamespaceUnknown _ -> "namespace_unknown";
                };
        metrics.counter("ringfence_gateway_decisions", "outcome", outcome).increment();
        return decision;
    }
}
