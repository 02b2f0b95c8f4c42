package io.ringfence.gateway.route;

import static io.ringfence.gateway.route.Resource.Access.AUTHENTICATED;
import static io.ringfence.gateway.route.Resource.Access.AUTHORIZED;
import static io.ringfence.gateway.route.Resource.Access.OPEN;
import static io.ringfence.gateway.route.Service.IDENTITY;
import static io.ringfence.gateway.route.Service.METRICS;
import static io.ringfence.gateway.route.Service.POLICY;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the first segment of a path names (`reference/api.md` Appendix A): whose it is, and what it
/// is called in permissions.
record Resource(String segment, String identity, Service service, Access access) {

    /// Who may ask at all.
    enum Access {
        /// Everyone: it is where callers become known, or public by nature.
        OPEN,
        /// Everyone who is known; the answer is about the caller.
        AUTHENTICATED,
        /// Whoever is authorized in the namespace.
        AUTHORIZED
    }

    private static final Map<String, Resource> ALL =
            Stream.of(
                            new Resource("issue", "issue", IDENTITY, OPEN),
                            new Resource(".well-known", "jwks", IDENTITY, OPEN),
                            new Resource("authn", "authn", IDENTITY, AUTHENTICATED),
                            of("namespaces", "namespace", IDENTITY),
                            of("appcredentials", "appcredential", IDENTITY),
                            of("apiauthorizationpolicies", "apiauthorizationpolicy", IDENTITY),
                            of("enforcercertificates", "enforcercertificate", IDENTITY),
                            of("networkrulesetpolicies", "networkrulesetpolicy", POLICY),
                            of("externalnetworks", "externalnetwork", POLICY),
                            of("processingunits", "processingunit", POLICY),
                            of("enforcers", "enforcer", POLICY),
                            of("import", "import", POLICY),
                            of("export", "export", POLICY),
                            of("metricsquery", "metricsquery", METRICS),
                            of("metricsqueryrange", "metricsqueryrange", METRICS),
                            of("metrics", "metricsquery", METRICS),
                            of("reportsqueries", "reportsquery", METRICS),
                            of("reportsquery", "reportsquery", METRICS))
                    .collect(Collectors.toUnmodifiableMap(Resource::segment, Function.identity()));

    static Optional<Resource> at(String segment) {
        return Optional.ofNullable(ALL.get(segment));
    }

    private static Resource of(String segment, String identity, Service service) {
        return new Resource(segment, identity, service, AUTHORIZED);
    }

    /// The resource a path is about and the identity that has to be permitted: of
    /// `/networkrulesetpolicies/<id>/processingunits`, the processing units. Empty when there is no
    /// such path.
    static Optional<Target> target(RequestPath path) {
        return at(path.segment(0))
                .flatMap(resource ->
                        switch (path.length()) {
                            case 1 ->
                                    onlyIf(
                                            resource.access() != OPEN
                                                    || resource.identity().equals("issue"),
                                            resource,
                                            resource.identity());
                            case 2 -> wellKnownOrObject(resource, path);
                            case 3 ->
                                    at(path.segment(2))
                                            .filter(child -> child.access() == AUTHORIZED)
                                            .filter(child -> resource.access() == AUTHORIZED)
                                            .map(child -> new Target(resource, child.identity()));
                            default -> Optional.empty();
                        });
    }

    private static Optional<Target> wellKnownOrObject(Resource resource, RequestPath path) {
        boolean jwks = resource.identity().equals("jwks") && path.segment(1).equals("jwks.json");
        return onlyIf(jwks || resource.access() == AUTHORIZED, resource, resource.identity());
    }

    private static Optional<Target> onlyIf(boolean there, Resource resource, String identity) {
        return there ? Optional.of(new Target(resource, identity)) : Optional.empty();
    }

    /// @param identity what the caller needs a permission for
    record Target(Resource resource, String identity) {}
}
