package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The resources of this service, by their names.
@ApplicationScoped
public class Resources {
    private static final ResourceBehaviour PLAIN =
            new ResourceBehaviour() {
                @Override
                public String identity() {
                    return "";
                }
            };

    private final Map<String, ResourceDeclaration> byPath = new HashMap<>();
    private final Map<String, ResourceDeclaration> byIdentity = new HashMap<>();
    private final Map<String, ResourceBehaviour> behaviours = new HashMap<>();

    Resources(@All List<ResourceDeclaration> declarations, @All List<ResourceBehaviour> hooks) {
        for (ResourceDeclaration declaration : declarations) {
            only(byIdentity.put(declaration.identity(), declaration), declaration.identity());
            only(byPath.put(declaration.plural(), declaration), declaration.plural());
            declaration.aliases().forEach(alias -> only(byPath.put(alias, declaration), alias));
        }
        for (ResourceBehaviour hook : hooks) {
            if (!byIdentity.containsKey(hook.identity())) {
                throw new IllegalStateException(
                        "%s belongs to the undeclared resource %s"
                                .formatted(hook.getClass().getName(), hook.identity()));
            }
            only(behaviours.put(hook.identity(), hook), hook.identity());
        }
    }

    private static void only(@org.jspecify.annotations.Nullable Object before, String name) {
        if (before != null) {
            throw new IllegalStateException("Two resources or behaviours are named " + name);
        }
    }

    /// By plural or alias.
    public Optional<ResourceDeclaration> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public Optional<ResourceDeclaration> identified(String identity) {
        return Optional.ofNullable(byIdentity.get(identity));
    }

    public ResourceBehaviour behaviour(ResourceDeclaration resource) {
        return behaviours.getOrDefault(resource.identity(), PLAIN);
    }

    /// A stored object as callers see it: what is computed is there, what is secret is not.
    public ObjectNode shown(ResourceDeclaration resource, ObjectNode stored) {
        return resource.withoutSecrets(behaviour(resource).shown(stored));
    }

    public Collection<ResourceDeclaration> all() {
        return Collections.unmodifiableCollection(byIdentity.values());
    }
}
