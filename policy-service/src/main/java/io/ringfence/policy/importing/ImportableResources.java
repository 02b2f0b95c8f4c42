package io.ringfence.policy.importing;

import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// The resources a document may hold, in the order they are imported. Workloads are not among them:
/// they speak for themselves.
@ApplicationScoped
class ImportableResources {
    private static final List<String> IDENTITIES =
            List.of("externalnetwork", "networkrulesetpolicy");

    private final Resources resources;

    ImportableResources(Resources resources) {
        this.resources = resources;
    }

    List<ResourceDeclaration> all() {
        return IDENTITIES.stream().flatMap(each -> resources.identified(each).stream()).toList();
    }

    Optional<ResourceDeclaration> identified(String identity) {
        return all().stream().filter(each -> each.identity().equals(identity)).findFirst();
    }

    /// By identity, plural or alias.
    Optional<ResourceDeclaration> named(String name) {
        return all().stream()
                .filter(each ->
                        each.identity().equals(name)
                                || each.plural().equals(name)
                                || each.aliases().contains(name))
                .findFirst();
    }
}
