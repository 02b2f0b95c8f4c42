package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// A rule about one attribute's value, beyond its type. The value has the declared type and is not
/// zero when the rule is asked.
@FunctionalInterface
public interface AttributeCheck {

    /// A sentence that names what to change, or nothing if the value is fine.
    Optional<String> problem(JsonNode value);

    default AttributeCheck and(AttributeCheck other) {
        return value -> problem(value).or(() -> other.problem(value));
    }
}
