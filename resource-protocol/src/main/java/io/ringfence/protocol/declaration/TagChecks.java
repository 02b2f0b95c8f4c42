package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.contracts.tag.Tag;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The grammars of tags (`reference/api.md` §0) as rules for attributes.
public final class TagChecks {
    /// `associatedTags`: what users write.
    public static final AttributeCheck USER_TAGS = each(Tag::parseAssociated);

    /// `metadata`: what the system says about an object when it is made.
    public static final AttributeCheck METADATA = each(Tag::parseMetadata);

    /// `organizationalMetadata`.
    public static final AttributeCheck ORGANIZATIONAL_METADATA = each(Tag::parseOrganizational);

    private TagChecks() {}

    /// A rule that a parser of the contracts keeps: it throws [IllegalArgumentException] with a
    /// sentence that names what to change.
    public static AttributeCheck each(Function<String, ?> parser) {
        return values -> {
            for (JsonNode value : values) {
                Optional<String> problem = problem(() -> parser.apply(value.textValue()));
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        };
    }

    /// The parser's sentence, if it refuses.
    public static Optional<String> problem(Supplier<?> parsing) {
        try {
            Objects.requireNonNull(parsing.get());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("is not accepted: " + e.getMessage());
        }
    }
}
