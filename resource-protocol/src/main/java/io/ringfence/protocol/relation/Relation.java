package io.ringfence.protocol.relation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be asked of the children of an object. Made with [#between], then completed:
/// `Relation.between("networkrulesetpolicy", "processingunit").readable().parameter("mode",
/// "subject", "object")`.
///
/// @param parent identity of the object in the path
/// @param child identity of the objects answered or made
/// @param isReadable GET and HEAD
/// @param isCreatable POST
/// @param parameters query parameters beyond those of a list, each with its values; no values: any
public record Relation(
        String parent,
        String child,
        boolean isReadable,
        boolean isCreatable,
        Map<String, Set<String>> parameters) {

    public Relation {
        parameters = Map.copyOf(parameters);
    }

    public static Relation between(String parent, String child) {
        return new Relation(parent, child, false, false, Map.of());
    }

    /// With GET and HEAD.
    public Relation readable() {
        return new Relation(parent, child, true, isCreatable, parameters);
    }

    /// With POST.
    public Relation creatable() {
        return new Relation(parent, child, isReadable, true, parameters);
    }

    /// Understands this query parameter too, and only with one of these values; none: any.
    public Relation parameter(String name, String... values) {
        Map<String, Set<String>> more = new LinkedHashMap<>(parameters);
        more.put(name, Set.copyOf(List.of(values)));
        return new Relation(parent, child, isReadable, isCreatable, more);
    }

    /// What is wrong with a request's value of one of the parameters: a sentence.
    Optional<String> problem(String name, String value) {
        Set<String> allowed = parameters.getOrDefault(name, Set.of());
        return allowed.isEmpty() || allowed.contains(value)
                ? Optional.empty()
                : Optional.of(
                        "Parameter '%s' must be one of %s"
                                .formatted(
                                        name,
                                        String.join(", ", allowed.stream().sorted().toList())));
    }
}
