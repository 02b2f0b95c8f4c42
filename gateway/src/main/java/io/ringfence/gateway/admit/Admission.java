package io.ringfence.gateway.admit;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.gateway.authorize.AccessibleNamespace;
import io.ringfence.gateway.authorize.Authorizations;
import io.ringfence.gateway.authorize.Authorizer;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.authorize.Decision.NamespaceUnknown;
import io.ringfence.gateway.authorize.Holders;
import io.ringfence.gateway.authorize.Holding;
import io.ringfence.gateway.authorize.Namespaces;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.gateway.consume.KafkaClients;
import io.ringfence.gateway.consume.ObjectStates;
import io.ringfence.gateway.consume.TopicReader;
import io.ringfence.gateway.consume.UnreadableRecord;
import io.ringfence.trust.assertion.AssertedCaller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Decides on the state of the two topics, and waits up to two seconds for their ends before it
/// believes that a namespace does not exist.
@Startup
@Singleton
public class Admission implements ObjectStates.Listener {
    private static final long PATIENCE_SECONDS = 2;
    private static final long ANNOUNCED_WITHIN_MILLISECONDS = 200;

    private final Vertx vertx;
    private final Namespaces namespaces = new Namespaces();
    private final Authorizations authorizations = new Authorizations();
    private final Holders holders = new Holders(Clock.systemUTC());
    private final Authorizer authorizer =
            new Authorizer(namespaces, authorizations, holders, Clock.systemUTC());
    private final List<Consumer<String>> whenRevoked = new CopyOnWriteArrayList<>();
    private final TopicReader reader;
    private final Counter allowed;
    private final Counter denied;
    private final Counter revoked;
    private final Counter namespaceUnknown;

    Admission(KafkaClients kafka, Vertx vertx, MeterRegistry metrics) {
        this.vertx = vertx;
        this.allowed = decisions(metrics, "allowed");
        this.denied = decisions(metrics, "denied");
        this.revoked = decisions(metrics, "revoked");
        this.namespaceUnknown = decisions(metrics, "namespace_unknown");
        metrics.gauge("ringfence_gateway_namespaces", namespaces, Namespaces::size);
        this.reader =
                kafka.read(
                        List.of(Topic.NAMESPACE_CHANGED, Topic.AUTHORIZATION_CHANGED),
                        TopicReader.Start.BEGINNING,
                        new ObjectStates(this));
    }

    private static Counter decisions(MeterRegistry metrics, String outcome) {
        return metrics.counter("ringfence_gateway_decisions", "outcome", outcome);
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
        return caughtUpAgain().map(heard -> authorizer.decide(question));
    }

    private Future<Void> caughtUpAgain() {
        return vertx.timer(ANNOUNCED_WITHIN_MILLISECONDS, TimeUnit.MILLISECONDS)
                .compose(waited -> caughtUp());
    }

    /// Whether the caller is anybody still: to be refused like anybody whose token is no good (401)
    /// if not, also where nothing has to be permitted. Unknown only as long as not everything has
    /// been heard that was written before the gateway started. Completes on the caller's context,
    /// never fails.
    public Future<Holding> holding(AssertedCaller caller) {
        Holding now = holders.of(caller);
        return isReady() && !(now instanceof Holding.Unknown)
                ? Future.succeededFuture(now)
                : lookedFor(caller);
    }

    /// Like a namespace that is not known: stored a moment ago, and perhaps not yet announced.
    private Future<Holding> lookedFor(AssertedCaller caller) {
        return caughtUp()
                .compose(heard ->
                        holders.of(caller) instanceof Holding.Unknown ? caughtUpAgain() : heard())
                .map(heard -> {
                    if (!isReady()) {
                        return new Holding.Unknown();
                    }
                    if (holders.of(caller) instanceof Holding.Unknown) {
                        holders.giveUp(caller);
                    }
                    return holders.of(caller);
                });
    }

    private static Future<Void> heard() {
        return Future.succeededFuture();
    }

    /// Tells the listener the id of every enforcer that is revoked or goes from now on, on the
    /// reader's thread: it must not block.
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
            default -> {
                authorizations.put(state, json);
                if (holders.put(state, json)) {
                    revoked(state.getId());
                }
            }
        }
    }

    private void revoked(String enforcerId) {
        whenRevoked.forEach(listener -> listener.accept(enforcerId));
    }

    @Override
    public void deleted(String topic, String id) {
        if (topic.equals(Topic.NAMESPACE_CHANGED.topicName())) {
            namespaces.remove(id);
        } else {
            authorizations.remove(id);
            holders.remove(id);
            revoked(id);
        }
    }

    private Decision counted(Decision decision) {
        Counter counter =
                switch (decision) {
                    case Decision.Allowed _ -> allowed;
                    case Decision.Denied _ -> denied;
                    case Decision.Revoked _ -> revoked;
                    case NamespaceUnknown _ -> namespaceUnknown;
                };
        counter.increment();
        return decision;
    }
}
