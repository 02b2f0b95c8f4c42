package io.ringfence.protocol.query;

import io.ringfence.protocol.declaration.AttributeType;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.FilterParser;
import io.ringfence.protocol.filter.FilterSyntaxException;
import io.ringfence.protocol.query.Selection.Order;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The query parameters of a request on a resource, read and checked. Unknown ones are refused.
public final class ReadQuery {
    /// What a page holds at most; also what a list without paging answers before it says `X-Next`.
    public static final int LARGEST_PAGE = 10_000;

    private static final Set<String> KNOWN =
            Set.of(
                    "page",
                    "pagesize",
                    "after",
                    "limit",
                    "order",
                    "q",
                    "recursive",
                    "propagated",
                    "archived",
                    "override");

    private final Map<String, List<String>> parameters;

    private ReadQuery(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /// @throws ApiException 400 if there is a parameter that is not known
    public static ReadQuery of(Map<String, List<String>> parameters) {
        return of(parameters, Set.of());
    }

    /// @param more parameters that are known here beyond the usual ones
    /// @throws ApiException 400 if there is a parameter that is not known
    public static ReadQuery of(Map<String, List<String>> parameters, Set<String> more) {
        parameters
                .keySet()
                .forEach(name -> {
                    if (!KNOWN.contains(name) && !more.contains(name)) {
                        throw bad("Parameter '%s' is not known".formatted(shown(name)));
                    }
                });
        return new ReadQuery(parameters);
    }

    public boolean override() {
        return flag("override");
    }

    public Scope scope(String namespace) {
        return new Scope(namespace, flag("recursive"), flag("propagated"));
    }

    /// @throws ApiException 400 if something cannot be read or does not go together
    public Selection selection(ResourceDeclaration resource, String namespace, Clock clock) {
        List<Order> order = order(resource);
        Page page = page(order);
        return new Selection(
                scope(namespace), filter(resource, clock), order, page, flag("archived"));
    }

    /// What a delete of several objects asks for: all that the filter matches in the namespace.
    ///
    /// @throws ApiException 400 if there is no filter, or a parameter that means nothing here
    public Selection deletion(ResourceDeclaration resource, String namespace, Clock clock) {
        for (String name : parameters.keySet()) {
            if (!name.equals("q") && !name.equals("override")) {
                throw bad("Parameter '%s' is not possible when deleting".formatted(name));
            }
        }
        Filter condition =
                filter(resource, clock)
                        .orElseThrow(() ->
                                bad(
                                        "Name what to delete with the parameter 'q'; %s cannot be deleted all at once"
                                                .formatted(resource.plural())));
        return Selection.of(Scope.only(namespace)).where(condition);
    }

    private Optional<Filter> filter(ResourceDeclaration resource, Clock clock) {
        List<Filter> filters = new ArrayList<>();
        for (String text : parameters.getOrDefault("q", List.of())) {
            if (!text.isBlank()) {
                filters.add(filter(resource, text, clock));
            }
        }
        return switch (filters.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(filters.getFirst());
            default -> Optional.of(new Filter.Or(List.copyOf(filters)));
        };
    }

    private static Filter filter(ResourceDeclaration resource, String text, Clock clock) {
        try {
            Filter filter = FilterParser.parse(text, clock);
            checkAttributes(resource, filter);
            return filter;
        } catch (FilterSyntaxException e) {
            throw bad("Filter q cannot be read: " + e.getMessage());
        }
    }

    private static void checkAttributes(ResourceDeclaration resource, Filter filter) {
        switch (filter) {
            case Filter.And(List<Filter> all) ->
                    all.forEach(each -> checkAttributes(resource, each));
            case Filter.Or(List<Filter> any) ->
                    any.forEach(each -> checkAttributes(resource, each));
            case Filter.Compare compare -> checkAttribute(resource, compare.attribute());
            case Filter.AnyOf anyOf -> checkAttribute(resource, anyOf.attribute());
            case Filter.Matches matches -> checkAttribute(resource, matches.attribute());
            case Filter.Exists exists -> checkAttribute(resource, exists.attribute());
        }
    }

    private static void checkAttribute(ResourceDeclaration resource, String attribute) {
        if (resource.at(attribute).filter(each -> !each.isSecret()).isEmpty()) {
            throw bad(
                    "%s has no attribute '%s' to filter or order by"
                            .formatted(resource.identity(), shown(attribute)));
        }
    }

    private static void checkSortable(ResourceDeclaration resource, String attribute) {
        checkAttribute(resource, attribute);
        boolean isOneValue =
                resource.at(attribute)
                        .filter(each ->
                                switch (each.type()) {
                                    case AttributeType.Text _,
                                            AttributeType.Bool _,
                                            AttributeType.Whole _,
                                            AttributeType.Decimal _,
                                            AttributeType.Time _,
                                            AttributeType.Enumeration _ ->
                                            true;
                                    case AttributeType.Texts _,
                                            AttributeType.Expression _,
                                            AttributeType.TextMap _,
                                            AttributeType.TextsMap _,
                                            AttributeType.Nested _,
                                            AttributeType.NestedList _,
                                            AttributeType.Anything _ ->
                                            false;
                                })
                        .isPresent();
        if (!isOneValue) {
            throw bad("Attribute '%s' has no order".formatted(shown(attribute)));
        }
    }

    private List<Order> order(ResourceDeclaration resource) {
        List<Order> order = new ArrayList<>();
        for (String text : parameters.getOrDefault("order", List.of())) {
            if (text.isBlank()) {
                continue;
            }
            boolean descending = text.startsWith("-");
            String attribute = descending ? text.substring(1) : text;
            checkSortable(resource, attribute);
            order.add(new Order(attribute, descending));
        }
        return List.copyOf(order);
    }

    private Page page(List<Order> order) {
        boolean numbered = has("page") || has("pagesize");
        boolean cursored = has("after") || has("limit");
        if (numbered && cursored) {
            throw bad("Use either page and pagesize or after and limit");
        }
        if (has("after") && order.size() > 1) {
            throw bad("With after, at most one order is possible");
        }
        if (numbered) {
            int page = number("page", 1);
            // Pages of 5.0 start at 1; 0 is what its client sends for "no paging".
            return page == 0
                    ? new Page.After("", LARGEST_PAGE)
                    : new Page.Numbered(page, size("pagesize"));
        }
        return new Page.After(first("after").orElse(""), size("limit"));
    }

    private int size(String name) {
        int size = number(name, LARGEST_PAGE);
        if (size > LARGEST_PAGE) {
            throw bad("Parameter '%s' is at most %d".formatted(name, LARGEST_PAGE));
        }
        return size == 0 ? LARGEST_PAGE : size;
    }

    private int number(String name, int otherwise) {
        Optional<String> text = first(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("\\d{1,9}")) {
            throw bad("Parameter '%s' must be a whole number".formatted(name));
        }
        return Integer.parseInt(text.get());
    }

    private boolean flag(String name) {
        return first(name)
                .map(text ->
                        switch (text) {
                            case "true", "1" -> true;
                            case "false", "0", "" -> false;
                            default ->
                                    throw bad(
                                            "Parameter '%s' must be true or false".formatted(name));
                        })
                .orElse(false);
    }

    private boolean has(String name) {
        return first(name).isPresent();
    }

    private Optional<String> first(String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static ApiException bad(String sentence) {
        return Fault.badRequest(sentence).asException();
    }

    private static String shown(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
