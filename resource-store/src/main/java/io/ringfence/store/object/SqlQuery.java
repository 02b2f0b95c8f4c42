package io.ringfence.store.object;

import io.ringfence.protocol.declaration.AttributeType;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Cursor;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.protocol.query.Selection.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A selection as SQL. Everything that comes from a client is a parameter; attribute names too come
/// from the declaration only.
final class SqlQuery {
    private static final Pattern NUMBER =
            Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");

    private final ResourceDeclaration resource;
    private final Parameters parameters = new Parameters();
    private final String condition;
    private String sql = "";

    private SqlQuery(ResourceDeclaration resource, Selection selection) {
        this.resource = resource;
        List<String> conditions = new ArrayList<>();
        conditions.add("o.identity = " + parameters.add(resource.identity()));
        scope(selection.scope(), parameters, Optional.of(resource)).ifPresent(conditions::add);
        if (resource.has("archived") && !selection.archivedToo()) {
            conditions.add("not o.archived");
        }
        selection
                .filter()
                .ifPresent(filter ->
                        conditions.add(new FilterSql(resource, parameters).condition(filter)));
        this.condition = String.join(" and ", conditions);
    }

    static SqlQuery list(ResourceDeclaration resource, Selection selection) {
        return new SqlQuery(resource, selection).paged(selection);
    }

    static SqlQuery count(ResourceDeclaration resource, Selection selection) {
        SqlQuery query = new SqlQuery(resource, selection);
        query.sql = "select count(*) from object o where " + query.condition;
        return query;
    }

    String sql() {
        return sql;
    }

    List<Object> parameters() {
        return parameters.values();
    }

    /// @param resource whose objects; empty: those of every resource, which are inherited if their
    ///   `propagate` says so
    static Optional<String> scope(
            Scope scope, Parameters parameters, Optional<ResourceDeclaration> resource) {
        if (scope.recursive() && scope.namespace().equals("/")) {
            return Optional.empty();
        }
        List<String> any = new ArrayList<>();
        any.add("o.namespace = " + parameters.add(scope.namespace()));
        if (scope.recursive()) {
            // The character after '/' is '0': a range that an index serves.
            any.add(
                    "(o.namespace >= %s and o.namespace < %s)"
                            .formatted(
                                    parameters.add(scope.namespace() + "/"),
                                    parameters.add(scope.namespace() + "0")));
        }
        if (scope.propagated()) {
            String[] ancestors = Scope.ancestors(scope.namespace()).toArray(String[]::new);
            if (ancestors.length > 0) {
                any.add(inherited(scope.namespace(), ancestors, parameters, resource));
            }
        }
        return Optional.of("(" + String.join(" or ", any) + ")");
    }

    /// As [Scope#reaches] says.
    private static String inherited(
            String namespace,
            String[] ancestors,
            Parameters parameters,
            Optional<ResourceDeclaration> resource) {
        String above = parameters.add(ancestors);
        List<String> all = new ArrayList<>();
        all.add("o.namespace = any(" + above + ")");
        all.add(
                resource.flatMap(ResourceDeclaration::holdsFrom)
                        .map(attribute ->
                                "(%1$s = any(%2$s) or %1$s = %3$s)"
                                        .formatted(
                                                Columns.textOrEmpty(attribute),
                                                above,
                                                parameters.add(namespace)))
                        .orElse("o.propagate"));
        if (resource.filter(each -> each.has("hidden")).isPresent()) {
            all.add("not coalesce(cast(%s as boolean), false)".formatted(Columns.text("hidden")));
        }
        return "(" + String.join(" and ", all) + ")";
    }

    private SqlQuery paged(Selection selection) {
        String where = condition;
        String limit = "";
        switch (selection.page()) {
            case Page.Everything() -> {}
            case Page.Numbered(int page, int size) ->
                    limit =
                            " limit %s offset %s"
                                    .formatted(
                                            parameters.add((long) size),
                                            parameters.add((long) (page - 1) * size));
            case Page.After(String cursor, int size) -> {
                if (!cursor.isEmpty()) {
                    where += " and " + behind(Cursor.parse(cursor), selection.order());
                }
                limit = " limit " + parameters.add((long) size);
            }
        }
        sql =
                "select "
                        + StoredObject.COLUMNS
                        + " from object o where "
                        + where
                        + order(selection.order())
                        + limit;
        return this;
    }

    private String behind(Cursor cursor, List<Order> order) {
        String id = parameters.add(cursor.id());
        if (order.isEmpty()) {
            return "o.id > " + id;
        }
        Order by = order.getFirst();
        String column = sortable(by.attribute());
        String last =
                isNumber(by.attribute())
                        ? "cast(%s as numeric)".formatted(parameters.add(number(cursor)))
                        : parameters.add(cursor.value());
        return "(%1$s %2$s %3$s or (%1$s = %3$s and o.id > %4$s))"
                .formatted(column, by.descending() ? "<" : ">", last, id);
    }

    private static String number(Cursor cursor) {
        if (cursor.value().isEmpty()) {
            return "0";
        }
        if (!NUMBER.matcher(cursor.value()).matches()) {
            throw Cursor.foreign();
        }
        return cursor.value();
    }

    private String order(List<Order> order) {
        return order.stream()
                .map(by -> sortable(by.attribute()) + (by.descending() ? " desc" : ""))
                .collect(
                        Collectors.joining(
                                ", ", " order by ", order.isEmpty() ? "o.id" : ", o.id"));
    }

    private String sortable(String attribute) {
        return isNumber(attribute)
                ? "coalesce(cast(%s as numeric), 0)".formatted(Columns.text(attribute))
                : "(%s collate \"C\")".formatted(Columns.textOrEmpty(attribute));
    }

    private boolean isNumber(String attribute) {
        return resource.at(attribute)
                .filter(each ->
                        each.type() instanceof AttributeType.Whole
                                || each.type() instanceof AttributeType.Decimal)
                .isPresent();
    }
}
