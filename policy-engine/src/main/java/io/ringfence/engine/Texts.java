package io.ringfence.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The texts of one snapshot, each once; entry 0 is the empty one.
final class Texts {
    private final Map<String, Integer> indexes = new LinkedHashMap<>();

    Texts() {
        index("");
    }

    int index(String text) {
        Integer known = indexes.get(text);
        if (known != null) {
            return known;
        }
        indexes.put(text, indexes.size());
        return indexes.size() - 1;
    }

    Set<String> inOrder() {
        return indexes.keySet();
    }
}
