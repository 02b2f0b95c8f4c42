package io.ringfence.protocol.declaration;

import java.util.List;
import java.util.Set;

/// The shape of an attribute's value, in the words of `reference/api.md` Appendix B.
public sealed interface AttributeType {
    record Text() implements AttributeType {}

    record Bool() implements AttributeType {}

    record Whole() implements AttributeType {}

    record Decimal() implements AttributeType {}

    /// RFC 3339; stored in UTC.
    record Time() implements AttributeType {}

    record Enumeration(Set<String> values) implements AttributeType {}

    /// `list<string>`.
    record Texts() implements AttributeType {}

    /// `[][]string`: or of ands.
    record Expression() implements AttributeType {}

    /// `map[string]string`.
    record TextMap() implements AttributeType {}

    /// `map[string][]string`, as annotations are.
    record TextsMap() implements AttributeType {}

    /// `ref<…>`: one nested object.
    record Nested(List<Attribute> attributes) implements AttributeType {}

    /// `refList<…>`.
    record NestedList(List<Attribute> attributes) implements AttributeType {}

    /// Any JSON object or list; its meaning is the behaviour's business.
    record Anything() implements AttributeType {}
}
