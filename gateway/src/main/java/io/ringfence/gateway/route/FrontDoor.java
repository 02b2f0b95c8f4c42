package io.ringfence.gateway.route;

import io.quarkus.arc.All;
import io.ringfence.contracts.index.Access;
import io.ringfence.contracts.index.ResourceIndex;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.gateway.authenticate.Authenticator;
import io.ringfence.gateway.authenticate.ClientCertificate;
import io.ringfence.gateway.authorize.NamespaceName;
import io.ringfence.gateway.route.Authorization.Granted;
import io.ringfence.gateway.route.Resource.Place;
import io.ringfence.gateway.route.Resource.Place.Target;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.assertion.Assertion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every request comes in here: path, size, who, may they, on to the service.
@ApplicationScoped
public class FrontDoor {
    /// Stands in the log for a path that is not repeated there.
    private static final RequestPath MALFORMED = new RequestPath(List.of("(malformed)"));

    /// Its service counts the uses of a token itself.
    private static final String COUNTS_ITSELF = "enforcercertificate";

    private final Drain drain;
    private final Limits limits;
    private final Authenticator authenticator;
    private final Identification identification;
    private final Authorization authorization;
    private final Quotas quotas;
    private final Proxy proxy;
    private final AccessLog log;
    private final Map<String, OwnPage> ownPages;

    FrontDoor(
            Drain drain,
            Limits limits,
            Authenticator authenticator,
            Identification identification,
            Authorization authorization,
            Quotas quotas,
            Proxy proxy,
            AccessLog log,
            @All List<OwnPage> ownPages) {
        this.drain = drain;
        this.limits = limits;
        this.authenticator = authenticator;
        this.identification = identification;
        this.authorization = authorization;
        this.quotas = quotas;
        this.proxy = proxy;
        this.log = log;
        this.ownPages = bySpelling(ownPages);
    }

    /// Also by what else the index of the API calls them.
    private static Map<String, OwnPage> bySpelling(List<OwnPage> pages) {
        Map<String, OwnPage> byPath = new HashMap<>();
        for (OwnPage page : pages) {
            byPath.put(page.path(), page);
            ResourceIndex.console().at(page.path().substring(1)).stream()
                    .flatMap(entry -> entry.segments().stream())
                    .forEach(segment -> byPath.put("/" + segment, page));
        }
        return Map.copyOf(byPath);
    }

    void open(@Observes Router router) {
        router.route().handler(this::receive);
    }

    private void receive(RoutingContext routing) {
        routing.request().pause();
        String rawPath = Optional.ofNullable(routing.request().path()).orElse("");
        switch (RequestPath.read(rawPath)) {
            case RequestPath.Reading.Malformed(String reason) ->
                    observed(routing, MALFORMED).refuse(Fault.badRequest(reason));
            case RequestPath.Reading.Plain(RequestPath path) -> {
                Exchange exchange = observed(routing, path);
                if (!drain.enter()) {
                    exchange.refuseAndClose(
                            Fault.of(503, "Service Unavailable", "The gateway stops. Try again."));
                    return;
                }
                exchange.whenOver(complete -> drain.leave());
                try {
                    letIn(exchange);
                } catch (RuntimeException bug) {
                    exchange.fail(bug);
                }
            }
        }
    }

    private Exchange observed(RoutingContext routing, RequestPath path) {
        Exchange exchange = new Exchange(routing.request(), path);
        exchange.whenOver(complete -> log.account(exchange));
        routing.addEndHandler(ended -> exchange.over(ended.succeeded()));
        return exchange;
    }

    private void letIn(Exchange exchange) {
        if (!limits.keeps(exchange)) {
            return;
        }
        limits.limitTime(exchange);
        OwnPage own = ownPages.get(exchange.path().text());
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
            admit(exchange, target, verb.get());
        }
    }

    private static void show(OwnPage own, Exchange exchange) {
        if (own.methods().contains(exchange.method())) {
            own.answer(exchange);
        } else {
            exchange.refuse(
                    Fault.of(
                            405,
                            "Method Not Allowed",
                            "%s has only %s."
                                    .formatted(
                                            exchange.path(), String.join(" and ", own.methods()))));
        }
    }

    private void admit(Exchange exchange, Target target, Verb verb) {
        if (target.resource().access() == Access.OPEN) {
            authenticator
                    .certificate(exchange.request())
                    .ifPresent(shown -> exchange.calledBy(shown.name()));
            forward(
                    exchange,
                    target,
                    AssertedCaller.ANONYMOUS,
                    Granted.nothing(NamespaceName.ROOT));
            return;
        }
        identification.of(
                exchange,
                who -> {
                    AssertedCaller caller = who.caller();
                    authorization.of(
                            exchange,
                            target,
                            verb,
                            caller,
                            granted -> count(exchange, target, caller, granted));
                });
    }

    private void count(Exchange exchange, Target target, AssertedCaller caller, Granted granted) {
        if (target.resource().access() == Access.AUTHENTICATED
                || target.identity().equals(COUNTS_ITSELF)) {
            forward(exchange, target, caller, granted);
        } else {
            quotas.spend(exchange, caller, () -> forward(exchange, target, caller, granted));
        }
    }

    private void forward(Exchange exchange, Target target, AssertedCaller caller, Granted granted) {
        Optional<ClientCertificate> certificate = authenticator.certificate(exchange.request());
        Assertion assertion =
                new Assertion(
                        exchange.method(),
                        exchange.path().text(),
                        granted.namespace(),
                        caller,
                        certificate.map(ClientCertificate::fingerprint).orElse(null),
                        granted.permissions(),
                        granted.elsewhere());
        proxy.forward(exchange, target.resource(), assertion, certificate);
    }
}
