package io.ringfence.gateway.events;

import io.ringfence.gateway.authorize.NamespaceName;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.Set;

/// What a client asks for when it connects.
///
/// @param children `mode=all`: also what lies below the namespace
/// @param errors whether it understands error frames; who does not is disconnected instead
/// @param positions whether it understands frames that carry nothing but a position
/// @param start where to go on; empty: from now on
/// @param token instead of an Authorization header or the cookie; never repeated anywhere
record EventsRequest(
        String namespace,
        boolean children,
        boolean errors,
        boolean positions,
        Optional<Position> start,
        Optional<String> token,
        BodyFormat reads,
        BodyFormat writes) {
    private static final Set<String> KNOWN =
            Set.of("namespace", "token", "mode", "enableErrors", "position");

    /// @throws ApiException 400 or 415
    static EventsRequest of(MultiMap parameters, MultiMap headers) {
        for (String name : parameters.names()) {
            if (!KNOWN.contains(name)) {
                throw bad(
                        "There is no parameter "
                                + name
                                + " here; there are namespace, token, mode, enableErrors and position.");
            }
            if (parameters.getAll(name).size() > 1) {
                throw bad("Send the parameter " + name + " once.");
            }
        }
        String namespace =
                Optional.ofNullable(parameters.get("namespace"))
                        .or(() -> Optional.ofNullable(headers.get("X-Namespace")))
                        .filter(NamespaceName::isWellFormed)
                        .orElseThrow(() ->
                                bad(
                                        "Send the parameter namespace with one absolute namespace, like /acme/shop."));
        String mode = Optional.ofNullable(parameters.get("mode")).orElse("");
        if (!Set.of("", "default", "all").contains(mode)) {
            throw bad("mode is all, for the namespaces below too, or left out.");
        }
        Optional<String> position = Optional.ofNullable(parameters.get("position"));
        return new EventsRequest(
                namespace,
                mode.equals("all"),
                "true".equals(parameters.get("enableErrors")),
                position.isPresent(),
                position.filter(text -> !text.isEmpty()).map(EventsRequest::position),
                Optional.ofNullable(parameters.get("token")),
                BodyFormat.ofContentType(headers.get("Content-Type")),
                BodyFormat.ofAccept(headers.getAll("Accept")));
    }

    boolean covers(String objectsNamespace) {
        return children
                ? NamespaceName.covers(namespace, objectsNamespace)
                : namespace.equals(objectsNamespace);
    }

    static ApiException unknownPosition() {
        return bad("The position is not one of these events; list again and connect without it.");
    }

    private static Position position(String text) {
        return Position.parse(text).orElseThrow(EventsRequest::unknownPosition);
    }

    private static ApiException bad(String description) {
        return Fault.badRequest(description).asException();
    }

    /// For a log: without the token.
    @Override
    public String toString() {
        return "events of " + namespace + (children ? " and below" : "");
    }
}
