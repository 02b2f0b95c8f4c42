package io.ringfence.gateway.permissions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.gateway.filter.ObjectFilter;
import io.ringfence.gateway.filter.UnusableFilterException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which of the objects in memory, in which order, which page: what the services leave to SQL.
/// Objects are named, and are in the order of their names unless asked otherwise.
///
/// @param filter nothing: all of them
record Listing(Optional<ObjectFilter> filter, boolean descending, Page page) {

    /// @param total on all pages
    /// @param next `after` of the next page
    record Found(List<ObjectNode> objects, int total, Optional<String> next) {}

    /// @throws io.ringfence.protocol.error.ApiException 400 for a filter that cannot be evaluated
    static Listing of(Selection selection) {
        boolean descending =
                !selection.order().isEmpty() && selection.order().getFirst().descending();
        try {
            Optional<ObjectFilter> filter =
                    selection.filter().isPresent()
                            ? Optional.of(ObjectFilter.of(selection.filter().get()))
                            : Optional.empty();
            return new Listing(filter, descending, selection.page());
        } catch (UnusableFilterException e) {
            throw Fault.badRequest("Filter q cannot be read: " + e.getMessage()).asException();
        }
    }

    /// @throws io.ringfence.protocol.error.ApiException 400 for a cursor that is not one
    Found select(List<ObjectNode> all) {
        Comparator<String> byName =
                descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        List<ObjectNode> wanted =
                all.stream()
                        .filter(object -> filter.map(f -> f.accepts(object)).orElse(true))
                        .sorted(Comparator.comparing(Listing::name, byName))
                        .toList();
        return switch (page) {
            case Page.Everything() -> new Found(wanted, wanted.size(), Optional.empty());
            case Page.Numbered(int number, int size) ->
                    new Found(
                            wanted.stream().skip((number - 1L) * size).limit(size).toList(),
                            wanted.size(),
                            Optional.empty());
            case Page.After(String cursor, int limit) -> {
                String after = cursor.isEmpty() ? "" : decoded(cursor);
                List<ObjectNode> rest =
                        wanted.stream()
                                .filter(object ->
                                        cursor.isEmpty() || byName.compare(name(object), after) > 0)
                                .toList();
                yield rest.size() > limit
                        ? new Found(
                                rest.subList(0, limit),
                                wanted.size(),
                                Optional.of(encoded(name(rest.get(limit - 1)))))
                        : new Found(rest, wanted.size(), Optional.empty());
            }
        };
    }

    private static String name(ObjectNode object) {
        return object.path("name").asText();
    }

    private static String encoded(String name) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("Parameter 'after' must be what X-Next answered").asException();
        }
    }
}
