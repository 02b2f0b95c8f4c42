package io.ringfence.identity.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.protocol.declaration.AttributeCheck;
import java.util.Optional;
import java.util.function.Consumer;

/// The rule that a text, or every text of a list, can be read.
public final class Parsed {
    private Parsed() {}

    /// @param parser throws [IllegalArgumentException] with a sentence for the client
    public static AttributeCheck by(Consumer<String> parser) {
        return value -> {
            try {
                if (value.isTextual()) {
                    parser.accept(value.asText());
                }
                for (JsonNode element : value) {
                    parser.accept(element.asText());
                }
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of("is not right: " + e.getMessage());
            }
        };
    }
}
