package io.ringfence.gateway.route;

import io.ringfence.contracts.index.Access;
import io.ringfence.contracts.index.Entry;
import io.ringfence.contracts.index.Entry.Retired;
import io.ringfence.contracts.index.Entry.Served;
import io.ringfence.contracts.index.Owner;
import io.ringfence.contracts.index.ResourceIndex;
import java.util.Optional;

/// What a path is about, by the index of the API: whose it is, and what it is called in
/// permissions.
///
/// @param identity of what stands at the front of the path
record Resource(String identity, Service service, Access access) {

    /// Where a path leads.
    sealed interface Place {
        /// @param identity what the caller needs a permission for: of
        ///   `/networkrulesetpolicies/<id>/processingunits`, the processing units
        record Target(Resource resource, String identity) implements Place {}

        /// @param explanation what replaced it
        record Gone(String explanation) implements Place {}

        record Nowhere() implements Place {}
    }

    static Place at(RequestPath path) {
        if (path.length() == 0 || path.length() > 3) {
            return new Place.Nowhere();
        }
        Optional<Entry> entry = ResourceIndex.console().at(path.segment(0));
        if (entry.isEmpty()) {
            return new Place.Nowhere();
        }
        return switch (entry.get()) {
            case Retired retired -> new Place.Gone(retired.explanation());
            case Served served ->
                    serviceOf(served.owner())
                            .map(service ->
                                    new Resource(served.identity(), service, served.access()))
                            .map(resource -> resource.place(path))
                            .orElse(new Place.Nowhere());
        };
    }

    private Place place(RequestPath path) {
        return switch (path.length()) {
            case 1 -> onlyIf(!isJwks());
            case 2 -> onlyIf(isJwks() ? isJwks(path) : access == Access.AUTHORIZED);
            default -> child(path);
        };
    }

    private Place child(RequestPath path) {
        if (access != Access.AUTHORIZED) {
            return new Place.Nowhere();
        }
        return ResourceIndex.console()
                .at(path.segment(2))
                .<Place>map(child ->
                        switch (child) {
                            case Retired retired -> new Place.Gone(retired.explanation());
                            case Served served ->
                                    served.access() == Access.AUTHORIZED
                                            ? new Place.Target(this, served.identity())
                                            : new Place.Nowhere();
                        })
                .orElse(new Place.Nowhere());
    }

    private Place onlyIf(boolean there) {
        return there ? new Place.Target(this, identity) : new Place.Nowhere();
    }

    private boolean isJwks() {
        return identity.equals("jwks");
    }

    private static boolean isJwks(RequestPath path) {
        return path.segment(1).equals("jwks.json");
    }

    private static Optional<Service> serviceOf(Owner owner) {
        return switch (owner) {
            case IDENTITY -> Optional.of(Service.IDENTITY);
            case POLICY -> Optional.of(Service.POLICY);
            case METRICS -> Optional.of(Service.METRICS);
            case GATEWAY, NOBODY -> Optional.empty();
        };
    }
}
