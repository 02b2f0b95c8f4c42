package io.ringfence.policy.namespaces;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The namespaces known now. Read by everybody, written by the feed's thread.
@ApplicationScoped
class NamespaceNames implements NamespaceListener {
    private final Map<String, String> nameById = new ConcurrentHashMap<>();
    private final Map<String, Known> byName = new ConcurrentHashMap<>();

    record Known(String id, List<String> organizationalTags, String incoming, String outgoing) {
        static Known of(String id, JsonObject namespace) {
            JsonArray tags = namespace.getJsonArray("organizationalMetadata", new JsonArray());
            return new Known(
                    id,
                    tags.stream().map(String::valueOf).toList(),
                    namespace.getString("defaultPUIncomingTrafficAction", "Inherit"),
                    namespace.getString("defaultPUOutgoingTrafficAction", "Inherit"));
        }
    }

    @Override
    public void announced(String id, JsonObject namespace) {
        String name = namespace.getString("name");
        nameById.put(id, name);
        byName.put(name, Known.of(id, namespace));
    }

    /// One of the same name that was made meanwhile stays.
    @Override
    public void deleted(String id) {
        String name = nameById.remove(id);
        if (name != null) {
            byName.computeIfPresent(name, (_, known) -> known.id().equals(id) ? null : known);
        }
    }

    @Override
    public void upToDate() {}

    Optional<Known> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Of the namespace and of those above it, nearest first; unknown ones are passed over.
    Stream<Known> upward(String name) {
        Set<String> line = new LinkedHashSet<>();
        for (String at = name; at.length() > 1; at = above(at)) {
            line.add(at);
        }
        line.add("/");
        return line.stream().flatMap(each -> named(each).stream());
    }

    private static String above(String name) {
        return name.substring(0, Math.max(1, name.lastIndexOf('/')));
    }
}
