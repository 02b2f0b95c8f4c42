package io.ringfence.policy.document;

import io.ringfence.contracts.index.Entry;
import io.ringfence.contracts.index.Owner;
import io.ringfence.contracts.index.ResourceIndex;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the keys of a document mean here. Workloads are not imported: they speak for themselves.
@ApplicationScoped
public class DocumentResources {
    /// What a document may hold, in the order it is stored: what is referred to comes first.
    private static final List<String> IDENTITIES =
            List.of(
                    "externalnetwork",
                    "httpresourcespec",
                    "service",
                    "hostservice",
                    "enforcerprofile",
                    "networkrulesetpolicy",
                    "networkaccesspolicy",
                    "infrastructurepolicy",
                    "servicedependency",
                    "tokenscopepolicy",
                    "enforcerprofilemappingpolicy",
                    "hostservicemappingpolicy",
                    "namespacemappingpolicy",
                    "quotapolicy",
                    "hookpolicy",
                    "automation",
                    "recipe");

    private static final Set<String> WORKLOADS = Set.of("processingunit", "enforcer");

    private final Resources resources;

    DocumentResources(Resources resources) {
        this.resources = resources;
    }

    /// What a key of a document's data names.
    sealed interface Meaning {
        record Importable(ResourceDeclaration resource) implements Meaning {}

        /// Former releases exported it, and there is nothing left to import it into.
        ///
        /// @param reason what replaced it
        record Retired(String reason) implements Meaning {}

        /// It exists, and is not imported.
        ///
        /// @param reason a sentence that says what to do instead
        record Elsewhere(String reason) implements Meaning {}

        record Unknown() implements Meaning {}
    }

    public List<ResourceDeclaration> all() {
        return IDENTITIES.stream().flatMap(each -> resources.identified(each).stream()).toList();
    }

    public Optional<ResourceDeclaration> identified(String identity) {
        return all().stream().filter(each -> each.identity().equals(identity)).findFirst();
    }

    /// By identity, plural or alias.
    public Optional<ResourceDeclaration> named(String name) {
        return meaning(name) instanceof Meaning.Importable(ResourceDeclaration resource)
                ? Optional.of(resource)
                : Optional.empty();
    }

    Meaning meaning(String key) {
        Optional<ResourceDeclaration> own =
                all().stream()
                        .filter(each ->
                                each.identity().equals(key)
                                        || each.plural().equals(key)
                                        || each.aliases().contains(key))
                        .findFirst();
        if (own.isPresent()) {
            return new Meaning.Importable(own.get());
        }
        ResourceIndex index = ResourceIndex.console();
        return index.at(key)
                .or(() -> index.identified(key))
                .<Meaning>map(entry ->
                        switch (entry) {
                            case Entry.Retired retired ->
                                    new Meaning.Retired(retired.explanation());
                            case Entry.Served served -> new Meaning.Elsewhere(elsewhere(served));
                        })
                .orElseGet(Meaning.Unknown::new);
    }

    private static String elsewhere(Entry.Served served) {
        String path = "/" + served.segments().getFirst();
        if (served.owner() == Owner.IDENTITY) {
            return served.identity().equals("namespace")
                    ? "Namespaces belong to another service, which cannot take part in one"
                            + " transaction: create them first with POST /namespaces"
                    : "They belong to another service, which cannot take part in one transaction: write them with POST %s"
                            .formatted(path);
        }
        if (WORKLOADS.contains(served.identity())) {
            return "Workloads are not imported: their enforcers make them known";
        }
        return served.owner() == Owner.POLICY && IDENTITIES.contains(served.identity())
                ? "This console does not keep %s".formatted(path)
                : "%s is nothing that a document can hold".formatted(path);
    }
}
