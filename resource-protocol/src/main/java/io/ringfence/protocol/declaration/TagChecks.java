package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The rules for tags (`reference/api.md` §0, "Validation rules with teeth").
public final class TagChecks {
    private static final Pattern TAG = Pattern.compile("[^= ]+=.+", Pattern.DOTALL);
    private static final int TAG_BYTES = 1024;

    /// `associatedTags`: what users write.
    public static final AttributeCheck USER_TAGS =
            each(
                    tag -> !tag.startsWith("@") && !tag.startsWith("$") && !tag.startsWith("+"),
                    "must not start with @, $ or +");

    /// `metadata`: what the system says about an object when it is made.
    public static final AttributeCheck METADATA =
            each(
                    tag -> tag.startsWith("@") && !tag.startsWith("@auth:"),
                    "must start with @ and not with @auth:");

    /// `organizationalMetadata`.
    public static final AttributeCheck ORGANIZATIONAL_METADATA =
            each(tag -> tag.startsWith("@org:"), "must start with @org:");

    private TagChecks() {}

    /// Every element is a well-formed tag and keeps the rule.
    private static AttributeCheck each(Predicate<String> rule, String sentence) {
        return values -> {
            for (JsonNode value : values) {
                String tag = value.textValue();
                Optional<String> problem = problem(tag);
                if (problem.isPresent()) {
                    return problem;
                }
                if (!rule.test(tag)) {
                    return Optional.of("tag '%s' %s".formatted(shown(tag), sentence));
                }
            }
            return Optional.empty();
        };
    }

    private static Optional<String> problem(String tag) {
        if (!TAG.matcher(tag).matches()) {
            return Optional.of(
                    "'%s' is not a tag; write key=value, with no space or = in the key"
                            .formatted(shown(tag)));
        }
        if (tag.getBytes(StandardCharsets.UTF_8).length >= TAG_BYTES) {
            return Optional.of("a tag must be shorter than %d bytes".formatted(TAG_BYTES));
        }
        return Optional.empty();
    }

    private static String shown(String tag) {
        return tag.length() <= 80 ? tag : tag.substring(0, 80) + "…";
    }
}
