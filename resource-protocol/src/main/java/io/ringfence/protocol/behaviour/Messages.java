package io.ringfence.protocol.behaviour;

import java.util.ArrayList;
import java.util.List;

/// Sentences for the caller, collected while its change is under way; each once.
public final class Messages {
    private final List<String> sentences = new ArrayList<>();

    Messages(List<String> first) {
        first.forEach(this::add);
    }

    public void add(String sentence) {
        if (!sentences.contains(sentence)) {
            sentences.add(sentence);
        }
    }

    public List<String> all() {
        return List.copyOf(sentences);
    }
}
