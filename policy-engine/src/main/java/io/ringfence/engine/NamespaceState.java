package io.ringfence.engine;

import java.util.List;

/// A namespace's default actions, and the `@org:` tags it gives to what lives in it.
public record NamespaceState(
        String name,
        TrafficAction incoming,
        TrafficAction outgoing,
        List<String> organizationalMetadata) {
    public NamespaceState {
        organizationalMetadata = List.copyOf(organizationalMetadata);
    }

    TrafficAction defaultOf(Direction direction) {
        return switch (direction) {
            case INCOMING -> incoming;
            case OUTGOING -> outgoing;
        };
    }
}
