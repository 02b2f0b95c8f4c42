package io.ringfence.gateway.stream;

import io.ringfence.contracts.permission.Verb;
import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.authenticate.Authentication.Authenticated;
import io.ringfence.gateway.authenticate.Authenticator;
import io.ringfence.gateway.authenticate.ClientCertificate;
import io.ringfence.gateway.authenticate.RemoteAddress;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.authorize.Holding;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.OwnPage;
import io.ringfence.gateway.route.Upstreams;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// `GET /enforcerstream`, upgraded to a websocket, for whoever holds an enforcer's certificate. A
/// token is no substitute: it could be shown from anywhere.
@ApplicationScoped
public class StreamPage implements OwnPage {
    private static final Logger LOG = Logger.getLogger(StreamPage.class);

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final Admission admission;
    private final RemoteAddress remoteAddress;
    private final Upstreams upstreams;
    private final EnforcerStreams streams;
    private final DirectoryFeeds feeds;
    private final RecentDeltas recent;
    private final StreamMetrics metrics;

    StreamPage(
            Vertx vertx,
            Authenticator authenticator,
            Admission admission,
            RemoteAddress remoteAddress,
            Upstreams upstreams,
            EnforcerStreams streams,
            DirectoryFeeds feeds,
            RecentDeltas recent,
            StreamMetrics metrics) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.admission = admission;
        this.remoteAddress = remoteAddress;
        this.upstreams = upstreams;
        this.streams = streams;
        this.feeds = feeds;
        this.recent = recent;
        this.metrics = metrics;
    }

    @Override
    public String path() {
        return "/enforcerstream";
    }

    @Override
    public void answer(Exchange exchange) {
        Optional<ClientCertificate> certificate = authenticator.certificate(exchange.request());
        Optional<EnforcerSubject> enforcer = certificate.flatMap(ClientCertificate::enforcer);
        Optional<Authenticated> identity = certificate.flatMap(ClientCertificate::asEnforcer);
        if (certificate.isEmpty() || enforcer.isEmpty() || identity.isEmpty()) {
            exchange.refuse(Fault.unauthorized("Connect by TLS with an enforcer's certificate."));
            return;
        }
        exchange.calledBy(certificate.get().name());
        if (!exchange.asksForWebSocket()) {
            exchange.refuse(Fault.badRequest("Ask for an upgrade to websocket."));
            return;
        }
        if (!streams.isReady()) {
            exchange.refuse(
                    Fault.of(503, "Service Unavailable", "The gateway is starting. Try again."));
            return;
        }
        Question question =
                new Question(
                        identity.get().caller(),
                        "enforcerstream",
                        Verb.GET,
                        enforcer.get().namespace(),
                        remoteAddress.of(exchange.request()));
        admission
                .decide(question)
                .onSuccess(decision -> {
                    switch (decision) {
                        case Decision.Allowed(List<String> permissions, _) ->
                                upgrade(
                                        exchange,
                                        new PolicyServiceCalls(
                                                upstreams,
                                                enforcer.get(),
                                                certificate.get(),
                                                question.caller(),
                                                permissions));
                        case Decision.Denied(String reason) ->
                                exchange.refuse(Fault.forbidden(reason));
                        case Decision.Revoked(String reason) ->
                                exchange.refuse(Fault.unauthorized(reason));
                        case Decision.NamespaceUnknown(String namespace) ->
                                exchange.refuse(
                                        Fault.notFound("There is no namespace " + namespace + "."));
                    }
                });
    }

    private void upgrade(Exchange exchange, PolicyServiceCalls calls) {
        exchange.upgrade()
                .onFailure(
                        failure -> LOG.debugf("%s: no upgrade: %s", exchange.requestId(), failure))
                .onSuccess(socket -> {
                    EnforcerConnection connection =
                            new EnforcerConnection(
                                    vertx,
                                    socket,
                                    exchange.request().connection(),
                                    calls,
                                    feeds,
                                    recent,
                                    metrics);
                    connection.onClose(() -> streams.remove(connection));
                    streams.add(connection);
                    admission
                            .holding(calls.caller())
                            .onSuccess(holding -> {
                                if (holding instanceof Holding.Ended) {
                                    connection.dismiss("the certificate was revoked");
                                }
                            });
                    LOG.infof("Enforcer %s is connected", connection.enforcerId());
                });
    }
}
