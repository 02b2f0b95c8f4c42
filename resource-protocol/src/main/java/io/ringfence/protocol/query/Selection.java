package io.ringfence.protocol.query;

import io.ringfence.protocol.filter.Filter;
import java.util.List;
import java.util.Optional;

/// Which objects, in which order, and which page of them.
public record Selection(
        Scope scope, Optional<Filter> filter, List<Order> order, Page page, boolean archivedToo) {

    /// Everything in a scope, by id.
    public static Selection of(Scope scope) {
        return new Selection(scope, Optional.empty(), List.of(), new Page.Everything(), true);
    }

    public Selection where(Filter condition) {
        return new Selection(scope, Optional.of(condition), order, page, archivedToo);
    }

    /// The same in another scope.
    public Selection in(Scope other) {
        return new Selection(other, filter, order, page, archivedToo);
    }

    /// What is selected now and fulfills this too.
    public Selection and(Filter condition) {
        return where(
                filter.<Filter>map(own -> new Filter.And(List.of(own, condition)))
                        .orElse(condition));
    }

    /// One object more than the page holds, to see whether there is a next one.
    public Selection oneMore() {
        return page instanceof Page.After(String cursor, int limit)
                ? new Selection(
                        scope, filter, order, new Page.After(cursor, limit + 1), archivedToo)
                : this;
    }

    public Selection orderedBy(String attribute) {
        return new Selection(
                scope, filter, List.of(new Order(attribute, false)), page, archivedToo);
    }

    public Selection firstOnly(int count) {
        return new Selection(scope, filter, order, new Page.After("", count), archivedToo);
    }

    /// One attribute to sort by.
    public record Order(String attribute, boolean descending) {}
}
