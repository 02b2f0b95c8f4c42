package io.ringfence.policy.clearing;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The names of namespaces that were there and are not any more. For one thread.
final class GoneNamespaces {
    private final Map<String, String> nameById = new HashMap<>();
    private final Set<String> gone = new LinkedHashSet<>();

    void announced(String id, String name) {
        nameById.put(id, name);
        gone.remove(name);
    }

    /// A namespace of that name that was made meanwhile stays.
    void deleted(String id) {
        String name = nameById.remove(id);
        if (name != null && !nameById.containsValue(name)) {
            gone.add(name);
        }
    }

    List<String> names() {
        return List.copyOf(gone);
    }

    void cleared(String name) {
        gone.remove(name);
    }
}
