package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One attribute of a resource. Made with a factory for its type, then narrowed:
/// `Attribute.text("FQDN").required().createOnly().longest(256)`.
///
/// @param longest most characters of a text, most elements of a list
public record Attribute(
        String name,
        AttributeType type,
        Optional<JsonNode> defaultValue,
        Set<Trait> traits,
        int longest,
        AttributeCheck check) {
    static final int LONGEST_TEXT = 64 * 1024;
    static final int LONGEST_LIST = 10_000;

    /// What holds of an attribute beyond its type.
    public enum Trait {
        REQUIRED,
        READ_ONLY,
        CREATE_ONLY,
        SECRET,
        QUIET
    }

    public Attribute {
        traits = Set.copyOf(traits);
    }

    private static Attribute of(String name, AttributeType type, int longest) {
        return new Attribute(
                name, type, Optional.empty(), Set.of(), longest, value -> Optional.empty());
    }

    public static Attribute text(String name) {
        return of(name, new AttributeType.Text(), LONGEST_TEXT);
    }

    public static Attribute bool(String name) {
        return of(name, new AttributeType.Bool(), 0);
    }

    public static Attribute whole(String name) {
        return of(name, new AttributeType.Whole(), 0);
    }

    public static Attribute decimal(String name) {
        return of(name, new AttributeType.Decimal(), 0);
    }

    public static Attribute time(String name) {
        return of(name, new AttributeType.Time(), 0);
    }

    public static Attribute enumeration(String name, String... values) {
        Set<String> allowed = new LinkedHashSet<>(List.of(values));
        return of(name, new AttributeType.Enumeration(allowed), LONGEST_TEXT);
    }

    public static Attribute texts(String name) {
        return of(name, new AttributeType.Texts(), LONGEST_LIST);
    }

    public static Attribute expression(String name) {
        return of(name, new AttributeType.Expression(), LONGEST_LIST);
    }

    public static Attribute textMap(String name) {
        return of(name, new AttributeType.TextMap(), LONGEST_LIST);
    }

    public static Attribute textsMap(String name) {
        return of(name, new AttributeType.TextsMap(), LONGEST_LIST);
    }

    public static Attribute nested(String name, Attribute... attributes) {
        return of(name, new AttributeType.Nested(List.of(attributes)), 0);
    }

    public static Attribute nestedList(String name, Attribute... attributes) {
        return of(name, new AttributeType.NestedList(List.of(attributes)), LONGEST_LIST);
    }

    public static Attribute anything(String name) {
        return of(name, new AttributeType.Anything(), LONGEST_LIST);
    }

    /// Must have a value other than the type's zero.
    public Attribute required() {
        return being(Trait.REQUIRED);
    }

    public boolean isRequired() {
        return traits.contains(Trait.REQUIRED);
    }

    /// Set by the console only. What a client sends is ignored if it is zero or what is stored, and
    /// refused otherwise.
    public Attribute readOnly() {
        return being(Trait.READ_ONLY);
    }

    public boolean isReadOnly() {
        return traits.contains(Trait.READ_ONLY);
    }

    /// Fixed once the object exists.
    public Attribute createOnly() {
        return being(Trait.CREATE_ONLY);
    }

    public boolean isCreateOnly() {
        return traits.contains(Trait.CREATE_ONLY);
    }

    /// Stored and never shown: answers, announcements and the audit trail have the type's zero in
    /// its place, and nothing can be filtered or ordered by it. A full update that sends the zero
    /// back keeps what is stored.
    public Attribute secret() {
        return being(Trait.SECRET);
    }

    public boolean isSecret() {
        return traits.contains(Trait.SECRET);
    }

    /// Heartbeats and counters: an update that changes nothing else leaves no audit record.
    public Attribute quiet() {
        return being(Trait.QUIET);
    }

    public boolean isQuiet() {
        return traits.contains(Trait.QUIET);
    }

    private Attribute being(Trait trait) {
        Set<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return new Attribute(name, type, defaultValue, more, longest, check);
    }

    public Attribute defaultsTo(String value) {
        return defaultsTo(TextNode.valueOf(value));
    }

    public Attribute defaultsTo(boolean value) {
        return defaultsTo(BooleanNode.valueOf(value));
    }

    public Attribute defaultsTo(int value) {
        return defaultsTo(IntNode.valueOf(value));
    }

    private Attribute defaultsTo(JsonNode value) {
        return new Attribute(name, type, Optional.of(value), traits, longest, check);
    }

    /// At most so many characters (text) or elements (lists, maps).
    public Attribute longest(int limit) {
        return new Attribute(name, type, defaultValue, traits, limit, check);
    }

    /// Adds a rule; earlier ones are asked first.
    public Attribute checkedBy(AttributeCheck another) {
        return new Attribute(name, type, defaultValue, traits, longest, check.and(another));
    }

    /// The attributes of a nested object, or of each in a list of such; none for every other type.
    public List<Attribute> inner() {
        return switch (type) {
            case AttributeType.Nested(List<Attribute> attributes) -> attributes;
            case AttributeType.NestedList(List<Attribute> attributes) -> attributes;
            case AttributeType _ -> List.of();
        };
    }

    /// Whether leaving the value out means the same.
    public boolean isSilent(JsonNode value) {
        return defaultValue.map(value::equals).orElseGet(() -> Zero.is(value));
    }

    /// The whole text must match.
    public Attribute matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return checkedBy(value ->
                pattern.matcher(value.textValue()).matches()
                        ? Optional.empty()
                        : Optional.of("must match " + regex));
    }
}
