package io.ringfence.gateway.events;

import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.authenticate.Authentication.Authenticated;
import io.ringfence.gateway.authenticate.RemoteAddress;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.Identification;
import io.ringfence.gateway.route.OwnPage;
import io.ringfence.gateway.route.Quotas;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.jboss.logging.Logger;

/// `GET /events`, upgraded to a websocket, for whoever may `get` a `pushsession` in the namespace.
@ApplicationScoped
public class EventsPage implements OwnPage {
    private static final Logger LOG = Logger.getLogger(EventsPage.class);

    private final Vertx vertx;
    private final Identification identification;
    private final Quotas quotas;
    private final Admission admission;
    private final RemoteAddress remoteAddress;
    private final EventTail tail;
    private final EventMetrics metrics;
    private final ConnectionLimits limits;

    EventsPage(
            Vertx vertx,
            Identification identification,
            Quotas quotas,
            Admission admission,
            RemoteAddress remoteAddress,
            EventTail tail,
            EventMetrics metrics,
            EventsConfig config) {
        this.vertx = vertx;
        this.identification = identification;
        this.quotas = quotas;
        this.admission = admission;
        this.remoteAddress = remoteAddress;
        this.tail = tail;
        this.metrics = metrics;
        this.limits = new ConnectionLimits(config.connections(), config.connectionsPerCaller());
    }

    @Override
    public String path() {
        return "/events";
    }

    @Override
    public void answer(Exchange exchange) {
        EventsRequest request;
        try {
            request = EventsRequest.of(exchange.request().params(), exchange.request().headers());
        } catch (ApiException refused) {
            exchange.refuse(refused);
            return;
        }
        if (!exchange.asksForWebSocket()) {
            exchange.refuse(Fault.badRequest("Ask for an upgrade to websocket."));
        } else if (isOfAnotherSite(request, exchange.request().headers())) {
            exchange.refuse(Fault.forbidden("The cookie is for pages of this address only."));
        } else if (!tail.isReady()) {
            exchange.refuse(
                    Fault.of(503, "Service Unavailable", "The gateway is starting. Try again."));
        } else {
            identification.of(exchange, request.token(), who -> admit(exchange, request, who));
        }
    }

    /// A browser sends the cookie whatever page asks it to, and lets the page read what comes.
    private static boolean isOfAnotherSite(EventsRequest request, MultiMap headers) {
        String origin = headers.get(HttpHeaders.ORIGIN);
        boolean byCookie =
                request.token().isEmpty() && !headers.contains(HttpHeaders.AUTHORIZATION);
        String host = headers.get(HttpHeaders.HOST);
        return byCookie
                && origin != null
                && (host == null
                        || !origin.toLowerCase(Locale.ROOT)
                                .endsWith("://" + host.toLowerCase(Locale.ROOT)));
    }

    private void admit(Exchange exchange, EventsRequest request, Authenticated who) {
        EventAccess access =
                new EventAccess(admission, who.caller(), remoteAddress.of(exchange.request()));
        access.listen(request.namespace())
                .onSuccess(decision -> {
                    switch (decision) {
                        case Decision.Allowed _ ->
                                quotas.spend(
                                        exchange,
                                        who.caller(),
                                        () -> place(exchange, request, who, access));
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

    /// From here on the client misses nothing.
    private void place(
            Exchange exchange, EventsRequest request, Authenticated who, EventAccess access) {
        Position start = request.start().orElseGet(() -> tail.now(request));
        tail.knows(start, request)
                .onSuccess(known -> {
                    if (!known) {
                        exchange.refuse(EventsRequest.unknownPosition());
                    } else if (!limits.take(who.caller())) {
                        exchange.refuse(
                                Fault.of(
                                        429,
                                        "Too Many Requests",
                                        "There are too many connections to /events. Close others"
                                                + " first."));
                    } else {
                        upgrade(exchange, request, start, who, access);
                    }
                });
    }

    private void upgrade(
            Exchange exchange,
            EventsRequest request,
            Position start,
            Authenticated who,
            EventAccess access) {
        exchange.upgrade()
                .onFailure(failure -> {
                    limits.release(who.caller());
                    LOG.debugf("%s: no upgrade: %s", exchange.requestId(), failure);
                })
                .onSuccess(socket -> {
                    EventConnection connection =
                            connection(exchange, socket, request, start, who, access);
                    tail.add(connection);
                    connection.start(() -> {
                        tail.remove(connection);
                        limits.release(who.caller());
                    });
                });
    }

    private EventConnection connection(
            Exchange exchange,
            ServerWebSocket socket,
            EventsRequest request,
            Position start,
            Authenticated who,
            EventAccess access) {
        return new EventConnection(
                vertx,
                socket,
                exchange.request().connection(),
                request,
                start,
                who.until(),
                tail,
                access,
                new EventFrames(socket, request.writes(), exchange.requestId()),
                metrics);
    }
}
