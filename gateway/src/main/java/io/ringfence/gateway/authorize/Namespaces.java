package io.ringfence.gateway.authorize;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The namespaces that exist. `/` always does. One thread writes, many read.
public final class Namespaces {
    private final Map<String, String> nameById = new ConcurrentHashMap<>();
    private final Map<String, String> idByName = new ConcurrentHashMap<>();

    public void put(String id, String name) {
        String former = nameById.put(id, name);
        if (former != null && !former.equals(name)) {
            idByName.remove(former, id);
        }
        idByName.put(name, id);
    }

    /// A namespace of the same name that was made meanwhile stays.
    public void remove(String id) {
        String former = nameById.remove(id);
        if (former != null) {
            idByName.remove(former, id);
        }
    }

    public boolean exists(String name) {
        return name.equals(NamespaceName.ROOT) || idByName.containsKey(name);
    }

    /// In no order. `/` is among them once it was announced.
    Set<Map.Entry<String, String>> idsByName() {
        return idByName.entrySet();
    }

    public int size() {
        return idByName.size();
    }
}
