package io.ringfence.protocol.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.RequestAssertions;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Scope;
import io.ringfence.trust.assertion.AssertionCheck;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import org.jboss.logging.Logger;

/// `GET /<plural>/<id>` of an object that the store has at hand, for a caller who may see it, is
/// answered here. It is what clients do most, and the way through the endpoint costs several times
/// what there is to do. Whatever is not exactly that, and whatever is to be refused, goes on to the
/// endpoint, which alone decides about it; so nothing is answered here that is not answered the
/// same there.
@ApplicationScoped
class ShortWay {
    private static final Logger LOG = Logger.getLogger(ShortWay.class);

    private final RequestAssertions assertions;
    private final Resources resources;
    private final Instance<Transactions> transactions;

    ShortWay(
            RequestAssertions assertions,
            Resources resources,
            Instance<Transactions> transactions) {
        this.assertions = assertions;
        this.resources = resources;
        this.transactions = transactions;
    }

    /// @param resource of which there may be an object of this id
    private record Place(ResourceDeclaration resource, String id) {}

    void open(@Observes Router router) {
        router.route().handler(this::receive);
    }

    private void receive(RoutingContext routing) {
        Optional<Place> place = place(routing.request());
        if (place.isEmpty() || !isAnswered(routing.request(), place.get())) {
            routing.next();
        }
    }

    private Optional<Place> place(HttpServerRequest request) {
        String path = request.path();
        if (request.method() != HttpMethod.GET
                || request.query() != null
                || path == null
                || !path.startsWith("/")
                || request.headers().contains(Header.IDEMPOTENCY_KEY)) {
            return Optional.empty();
        }
        int slash = path.indexOf('/', 1);
        if (slash < 0 || path.indexOf('/', slash + 1) >= 0) {
            return Optional.empty();
        }
        return resources
                .at(path.substring(1, slash))
                .map(resource -> new Place(resource, path.substring(slash + 1)));
    }

    private boolean isAnswered(HttpServerRequest request, Place place) {
        try {
            Optional<ObjectNode> object =
                    transactions
                            .get()
                            .atHand(place.resource(), place.id())
                            .filter(found -> isFor(request, place.resource(), found));
            object.ifPresent(found -> answer(request, place.resource(), found));
            return object.isPresent();
        } catch (RuntimeException bug) {
            LOG.debugf(bug, "GET %s goes the long way", request.path());
            return request.response().headWritten();
        }
    }

    private boolean isFor(
            HttpServerRequest request, ResourceDeclaration resource, ObjectNode object) {
        return assertions.of(request) instanceof AssertionCheck.Valid(var assertion)
                && assertion.namespace().startsWith("/")
                && Scope.only(assertion.namespace()).reaches(resource, object);
    }

    private void answer(
            HttpServerRequest request, ResourceDeclaration resource, ObjectNode object) {
        Answer answer =
                Answer.wantedBy(
                        request.headers().getAll(Header.FIELDS),
                        request.headers().getAll(HttpHeaders.ACCEPT));
        byte[] body = answer.written(resource, resources.shown(resource, object));
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, answer.format().mediaType());
        resource.messages()
                .forEach(sentence ->
                        response.headers().add(Header.MESSAGES, MessageHeaders.fit(sentence)));
        request.resume();
        response.end(Buffer.buffer(body));
    }
}
