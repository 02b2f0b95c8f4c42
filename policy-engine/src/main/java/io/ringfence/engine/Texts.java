package io.ringfence.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The texts of one snapshot, each once; entry 0 is the empty one.
final class Texts {
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> inOrder = new ArrayList<>();

    Texts() {
        index("");
    }

    int index(String text) {
        Integer known = indexes.get(text);
        if (known != null) {
            return known;
        }
        indexes.put(text, indexes.size());
        inOrder.add(text);
        return indexes.size() - 1;
    }

    String at(int index) {
        return inOrder.get(index);
    }

    List<String> inOrder() {
        return inOrder;
    }
}
