package io.ringfence.gateway.authorize;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The namespaces that exist. `/` always does. One thread writes, many read.
public final class Namespaces {
    private final Map<String, String> nameById = new ConcurrentHashMap<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public void put(String id, String name) {
        String former = nameById.put(id, name);
        if (former != null && !former.equals(name)) {
            names.remove(former);
        }
        names.add(name);
    }

    public void remove(String id) {
        String former = nameById.remove(id);
        if (former != null && !nameById.containsValue(former)) {
            names.remove(former);
        }
    }

    public boolean exists(String name) {
        return name.equals(NamespaceName.ROOT) || names.contains(name);
    }

    /// All of them, as they are now, with `/`.
    public Set<String> names() {
        Set<String> all = new TreeSet<>(names);
        all.add(NamespaceName.ROOT);
        return all;
    }

    public int size() {
        return names.size();
    }
}
