package io.ringfence.protocol.endpoint;

import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// Lists and counts of a resource's objects, whoever selects them.
@ApplicationScoped
class Reads {
    private final Resources resources;

    Reads(Resources resources) {
        this.resources = resources;
    }

    Uni<Response> page(
            Transaction transaction,
            ResourceDeclaration resource,
            Selection selection,
            Answer answer) {
        Uni<Listing> listing =
                transaction
                        .list(resource, selection.oneMore())
                        .map(objects ->
                                objects.stream()
                                        .map(each -> resources.shown(resource, each))
                                        .toList())
                        .map(objects -> Listing.of(selection, objects));
        if (selection.page() instanceof Page.Numbered) {
            return listing.chain(found ->
                    transaction
                            .count(resource, selection)
                            .map(total -> found.answer(resource, answer, Optional.of(total))));
        }
        return listing.map(found -> found.answer(resource, answer, Optional.empty()));
    }

    Uni<Response> count(
            Transaction transaction, ResourceDeclaration resource, Selection selection) {
        return transaction
                .count(resource, selection)
                .map(total ->
                        MessageHeaders.on(
                                        Response.noContent().header(Header.COUNT_TOTAL, total),
                                        resource.messages())
                                .build());
    }
}
