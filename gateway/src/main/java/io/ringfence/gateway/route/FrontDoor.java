package io.ringfence.gateway.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.index.Access;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.authenticate.Authentication.Authenticated;
import io.ringfence.gateway.authenticate.Authentication.Refused;
import io.ringfence.gateway.authenticate.Authenticator;
import io.ringfence.gateway.authenticate.ClientCertificate;
import io.ringfence.gateway.authenticate.RemoteAddress;
import io.ringfence.gateway.authorize.Decision.Allowed;
import io.ringfence.gateway.authorize.Decision.Denied;
import io.ringfence.gateway.authorize.Decision.NamespaceUnknown;
import io.ringfence.gateway.authorize.NamespaceName;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.gateway.route.Resource.Place;
import io.ringfence.gateway.route.Resource.Place.Target;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.assertion.Assertion;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Every request comes in here: path, size, who, may they, on to the service.
@ApplicationScoped
public class FrontDoor {
    private static final Logger LOG = Logger.getLogger(FrontDoor.class);
    private static final Logger ACCESS = Logger.getLogger("access");

    /// Stands in the log for a path that is not repeated there.
    private static final RequestPath MALFORMED = new RequestPath(List.of("(malformed)"));

    private final Vertx vertx;
    private final RouteConfig config;
    private final Authenticator authenticator;
    private final RemoteAddress remoteAddress;
    private final Admission admission;
    private final Proxy proxy;
    private final Drain drain;
    private final MeterRegistry metrics;
    private final Map<String, OwnPage> ownPages;

    FrontDoor(
            Vertx vertx,
            RouteConfig config,
            Authenticator authenticator,
            RemoteAddress remoteAddress,
            Admission admission,
            Proxy proxy,
            Drain drain,
            MeterRegistry metrics,
            @All List<OwnPage> ownPages) {
        this.vertx = vertx;
        this.config = config;
        this.authenticator = authenticator;
        this.remoteAddress = remoteAddress;
        this.admission = admission;
        this.proxy = proxy;
        this.drain = drain;
        this.metrics = metrics;
        this.ownPages =
                ownPages.stream()
                        .collect(Collectors.toUnmodifiableMap(OwnPage::path, Function.identity()));
    }

    void open(@Observes Router router) {
        router.route().handler(this::receive);
    }

    private void receive(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        request.pause();
        String rawPath = Optional.ofNullable(request.path()).orElse("");
        switch (RequestPath.read(rawPath)) {
            case RequestPath.Reading.Malformed(String reason) -> {
                Exchange exchange = observed(routing, MALFORMED);
                exchange.refuse(Fault.badRequest(reason));
            }
            case RequestPath.Reading.Plain(RequestPath path) -> {
                Exchange exchange = observed(routing, path);
                if (!drain.enter()) {
                    exchange.refuse(
                            Fault.of(503, "Service Unavailable", "The gateway stops. Try again."));
                    return;
                }
                exchange.whenOver(complete -> drain.leave());
                try {
                    limit(exchange);
                } catch (RuntimeException bug) {
                    broken(exchange, bug);
                }
            }
        }
    }

    private Exchange observed(RoutingContext routing, RequestPath path) {
        Exchange exchange = new Exchange(routing.request(), path);
        exchange.whenOver(complete -> account(exchange));
        routing.addEndHandler(ended -> exchange.over(ended.succeeded()));
        return exchange;
    }

    private void limit(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        long maxBytes = config.maxBody().asLongValue();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (length.length() > 18 || Long.parseLong(length) > maxBytes)) {
            exchange.refuse(BodyRelay.tooLarge(maxBytes));
            return;
        }
        OwnPage own = ownPages.get(exchange.path().toString());
        if (own != null) {
            show(own, exchange);
            return;
        }
        switch (Resource.at(exchange.path())) {
            case Place.Nowhere() ->
                    exchange.refuse(Fault.notFound("There is no " + exchange.path() + "."));
            case Place.Gone(String explanation) ->
                    exchange.refuse(Fault.of(410, "Gone", explanation));
            case Target target -> admit(exchange, target);
        }
    }

    private void admit(Exchange exchange, Target target) {
        Optional<Verb> verb = Verb.ofMethod(exchange.method());
        if (verb.isEmpty()) {
            exchange.refuse(
                    Fault.of(
                            405,
                            "Method Not Allowed",
                            "No resource has " + exchange.method() + "."));
        } else {
            limitTime(exchange);
            admit(exchange, target, verb.get());
        }
    }

    private static void show(OwnPage own, Exchange exchange) {
        if (Verb.ofMethod(exchange.method()).equals(Optional.of(Verb.GET))) {
            own.answer(exchange);
        } else {
            exchange.refuse(
                    Fault.of(405, "Method Not Allowed", "Only GET and HEAD: " + exchange.path()));
        }
    }

    /// A client that sends its body too slowly holds a connection of ours; it gets none of a
    /// service.
    private void limitTime(Exchange exchange) {
        if (exchange.request().isEnded()) {
            return;
        }
        long timer =
                vertx.setTimer(
                        config.bodyWithin().toMillis(),
                        late -> {
                            if (!exchange.request().isEnded()) {
                                exchange.refuse(
                                        Fault.of(
                                                408,
                                                "Request Timeout",
                                                "The request did not arrive in time."));
                            }
                        });
        exchange.whenOver(complete -> vertx.cancelTimer(timer));
    }

    private void admit(Exchange exchange, Target target, Verb verb) {
        Optional<ClientCertificate> certificate = authenticator.certificate(exchange.request());
        if (target.resource().access() == Access.OPEN) {
            certificate.ifPresent(shown -> exchange.calledBy(shown.name()));
            forward(exchange, target, AssertedCaller.ANONYMOUS, NamespaceName.ROOT, List.of());
            return;
        }
        authenticator
                .authenticate(exchange.request())
                .onFailure(failure -> broken(exchange, failure))
                .onSuccess(authentication -> {
                    switch (authentication) {
                        case Refused(String reason) -> exchange.refuse(Fault.unauthorized(reason));
                        case Authenticated(AssertedCaller caller) -> {
                            exchange.calledBy(caller.subject());
                            authorize(exchange, target, verb, caller);
                        }
                    }
                });
    }

    private void authorize(Exchange exchange, Target target, Verb verb, AssertedCaller caller) {
        HttpServerRequest request = exchange.request();
        List<String> namespaces = request.headers().getAll(Header.NAMESPACE);
        boolean aboutCaller = target.resource().access() == Access.AUTHENTICATED;
        if (aboutCaller && namespaces.isEmpty()) {
            forward(exchange, target, caller, NamespaceName.ROOT, List.of());
            return;
        }
        if (namespaces.size() != 1 || !NamespaceName.isWellFormed(namespaces.getFirst())) {
            exchange.refuse(
                    Fault.badRequest(
                            "Send the header "
                                    + Header.NAMESPACE
                                    + " with one absolute namespace, like /acme/shop."));
            return;
        }
        String namespace = namespaces.getFirst();
        if (aboutCaller) {
            forward(exchange, target, caller, namespace, List.of());
            return;
        }
        if (caller.quota() > 0 && !target.identity().equals("enforcercertificate")) {
            exchange.refuse(
                    Fault.forbidden(
                            "The token has a quota, and only /enforcercertificates counts uses."));
            return;
        }
        admission
                .decide(
                        new Question(
                                caller,
                                target.identity(),
                                verb,
                                namespace,
                                remoteAddress.of(request)))
                .onFailure(failure -> broken(exchange, failure))
                .onSuccess(decision -> {
                    switch (decision) {
                        case Allowed(List<String> permissions) ->
                                forward(exchange, target, caller, namespace, permissions);
                        case Denied(String reason) -> exchange.refuse(Fault.forbidden(reason));
                        case NamespaceUnknown(String unknown) ->
                                exchange.refuse(
                                        Fault.notFound("There is no namespace " + unknown + "."));
                    }
                });
    }

    private void forward(
            Exchange exchange,
            Target target,
            AssertedCaller caller,
            String namespace,
            List<String> permissions) {
        Optional<ClientCertificate> certificate = authenticator.certificate(exchange.request());
        Assertion assertion =
                new Assertion(
                        exchange.method(),
                        exchange.path().toString(),
                        namespace,
                        caller,
                        certificate.map(ClientCertificate::fingerprint).orElse(null),
                        permissions);
        proxy.forward(exchange, target.resource(), assertion, certificate);
    }

    private static void broken(Exchange exchange, Throwable bug) {
        LOG.errorf(bug, "%s: %s %s", exchange.requestId(), exchange.method(), exchange.path());
        exchange.refuse(Fault.of(500, "Internal Server Error", "The gateway failed; see its log."));
    }

    private void account(Exchange exchange) {
        int status = exchange.status();
        double milliseconds = exchange.elapsedMilliseconds();
        ACCESS.infof(
                "%s %s %d %.1fms %s %s",
                exchange.method(),
                exchange.path(),
                status,
                milliseconds,
                exchange.requestId(),
                exchange.caller());
        Timer.builder("ringfence_gateway_requests")
                .tag("outcome", status / 100 + "xx")
                .register(metrics)
                .record((long) (milliseconds * 1_000), java.util.concurrent.TimeUnit.MICROSECONDS);
    }
}
