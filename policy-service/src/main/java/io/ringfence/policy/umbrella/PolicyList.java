package io.ringfence.policy.umbrella;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Policies of several kinds as one list: each kind is asked for as much as a page holds, and the
/// answers are put in one order.
@ApplicationScoped
class PolicyList {

    /// A stored policy and its kind.
    record Found(PolicyKind kind, ObjectNode stored) {
        ObjectNode shown() {
            ObjectNode shown = stored.deepCopy();
            shown.put("type", kind.type());
            return shown;
        }
    }

    /// One object more than a page of the cursor kind holds, to see whether there is a next one.
    Uni<List<ObjectNode>> page(
            List<PolicyKind> kinds, Selection selection, Transaction transaction) {
        Selection each = upTo(selection);
        return Multi.createFrom()
                .iterable(kinds)
                .onItem()
                .transformToUniAndConcatenate(kind ->
                        transaction
                                .list(kind.view(), of(kind, each))
                                .map(found ->
                                        found.stream()
                                                .map(one -> new Found(kind, one).shown())
                                                .toList()))
                .collect()
                .asList()
                .map(lists ->
                        cut(
                                selection,
                                lists.stream()
                                        .flatMap(List::stream)
                                        .sorted(order(selection))
                                        .toList()));
    }

    Uni<Long> count(List<PolicyKind> kinds, Selection selection, Transaction transaction) {
        return Multi.createFrom()
                .iterable(kinds)
                .onItem()
                .transformToUniAndConcatenate(
                        kind -> transaction.count(kind.view(), of(kind, selection)))
                .collect()
                .with(java.util.stream.Collectors.summingLong(count -> count));
    }

    Uni<Optional<Found>> find(
            String id, Scope scope, List<PolicyKind> kinds, Transaction transaction) {
        Uni<Optional<Found>> found = Uni.createFrom().item(Optional.empty());
        for (PolicyKind kind : kinds) {
            found =
                    found.chain(before ->
                            before.isPresent()
                                    ? Uni.createFrom().item(before)
                                    : transaction
                                            .find(kind.view(), id)
                                            .map(object ->
                                                    object.filter(each -> isIn(scope, each))
                                                            .map(each -> new Found(kind, each))));
        }
        return found;
    }

    private static boolean isIn(Scope scope, ObjectNode object) {
        return scope.reaches(
                object.path("namespace").asText(), object.path("propagate").asBoolean());
    }

    private static Selection of(PolicyKind kind, Selection selection) {
        return selection
                .filter()
                .map(filter -> selection.where(TypeFilter.decided(filter, kind)))
                .orElse(selection);
    }

    /// What has to be asked of each kind to have the page for sure.
    private static Selection upTo(Selection selection) {
        return switch (selection.page()) {
            case Page.Numbered(int page, int size) ->
                    new Selection(
                            selection.scope(),
                            selection.filter(),
                            selection.order(),
                            new Page.Numbered(
                                    1, (int) Math.min(Integer.MAX_VALUE, (long) page * size)),
                            selection.archivedToo());
            case Page.After _, Page.Everything _ -> selection.oneMore();
        };
    }

    private static List<ObjectNode> cut(Selection selection, List<ObjectNode> sorted) {
        return switch (selection.page()) {
            case Page.Numbered(int page, int size) ->
                    sorted.stream().skip((long) (page - 1) * size).limit(size).toList();
            case Page.After(_, int limit) -> sorted.stream().limit(limit + 1L).toList();
            case Page.Everything _ -> sorted;
        };
    }

    /// As the store sorts: by what was asked for, then by ID.
    private static Comparator<ObjectNode> order(Selection selection) {
        Comparator<ObjectNode> order = (one, other) -> 0;
        for (Selection.Order by : selection.order()) {
            Comparator<ObjectNode> next =
                    Comparator.comparing(policy -> policy.path(by.attribute()).asText(""));
            order = order.thenComparing(by.descending() ? next.reversed() : next);
        }
        return order.thenComparing(policy -> policy.path("ID").asText());
    }
}
