package io.ringfence.enforcer.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Every text of a batch once; entry 0 is the empty one.
final class TextTable {
    private final Map<String, Integer> indexes = new LinkedHashMap<>();

    TextTable() {
        indexes.put("", 0);
    }

    int indexOf(String text) {
        Integer known = indexes.get(text);
        if (known != null) {
            return known;
        }
        int next = indexes.size();
        indexes.put(text, next);
        return next;
    }

    Set<String> texts() {
        return indexes.keySet();
    }
}
