package io.ringfence.gateway.events;

import io.ringfence.contracts.resource.Operation;
import java.util.Arrays;
import java.util.Optional;

/// What a frame says about its entity.
enum EventType {
    CREATE("create"),
    UPDATE("update"),
    DELETE("delete"),
    /// The entity is one element of an error array.
    ERROR("error"),
    /// Ours: there is no entity. Sent only to clients that asked for positions.
    POSITION("position");

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /// One that a client may ask for.
    static Optional<EventType> asked(String word) {
        return Arrays.stream(values())
                .filter(type -> type != POSITION && type.word.equals(word))
                .findFirst();
    }

    static Optional<EventType> of(Operation operation) {
        return switch (operation) {
            case CREATE -> Optional.of(CREATE);
            case UPDATE -> Optional.of(UPDATE);
            case DELETE -> Optional.of(DELETE);
            case OPERATION_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
