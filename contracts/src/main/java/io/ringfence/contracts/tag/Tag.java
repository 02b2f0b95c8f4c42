package io.ringfence.contracts.tag;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// `key=value`. The key's first character says where the tag comes from: `$` derived from
/// attributes, `@` set by the system (`@org:` by the namespace, `@auth:` an identity's claim), `+`
/// reserved, anything else the user. Source: api.md §0 and §1.
public record Tag(String key, String value) {
    /// A tag is shorter than this, in UTF-8 bytes.
    public static final int LIMIT_BYTES = 1024;

    private static final Pattern SHAPE = Pattern.compile("[^= ]+=.+");

    public Tag {
        String text = key + "=" + value;
        if (!SHAPE.matcher(text).matches() || key.indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    "Tag '%s' must look like key=value, with no space in the key and a value that is not empty"
                            .formatted(text));
        }
        if (text.getBytes(StandardCharsets.UTF_8).length >= LIMIT_BYTES) {
            throw new IllegalArgumentException(
                    "Tag '%s…' must be shorter than %d bytes"
                            .formatted(text.substring(0, 32), LIMIT_BYTES));
        }
        LookAlikes.in(text)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException("Tag '%s' %s".formatted(text, problem));
                });
    }

    /// Any tag, whoever sets it.
    public static Tag parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("Tag '%s' must look like key=value".formatted(text));
        }
        return new Tag(text.substring(0, equals), text.substring(equals + 1));
    }

    /// A tag of `associatedTags`: a user may not speak for the system.
    public static Tag parseAssociated(String text) {
        if (text.startsWith("@") || text.startsWith("$") || text.startsWith("+")) {
            throw new IllegalArgumentException(
                    "Tag '%s' must not start with @, $ or +: those are set by the system"
                            .formatted(text));
        }
        return parse(text);
    }

    /// A tag of `metadata`.
    public static Tag parseMetadata(String text) {
        if (!text.startsWith("@") || text.startsWith("@auth:")) {
            throw new IllegalArgumentException(
                    "Metadata '%s' must start with @ and not with @auth:".formatted(text));
        }
        return parse(text);
    }

    /// A tag of a namespace's `organizationalMetadata`.
    public static Tag parseOrganizational(String text) {
        if (!text.startsWith("@org:")) {
            throw new IllegalArgumentException(
                    "Organizational metadata '%s' must start with @org:".formatted(text));
        }
        return parse(text);
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
