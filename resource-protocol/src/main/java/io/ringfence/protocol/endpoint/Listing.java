package io.ringfence.protocol.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Cursor;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.Selection;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One page of objects, and where the next one starts.
record Listing(List<ObjectNode> objects, Optional<String> next) {

    /// @param found up to one object more than asked for
    static Listing of(Selection selection, List<ObjectNode> found) {
        if (selection.page() instanceof Page.After(_, int limit) && found.size() > limit) {
            List<ObjectNode> page = found.subList(0, limit);
            return new Listing(page, Optional.of(Cursor.behind(page.getLast(), selection.order())));
        }
        return new Listing(found, Optional.empty());
    }

    Listing shown(UnaryOperator<ObjectNode> showing) {
        return new Listing(objects.stream().map(showing).toList(), next);
    }

    Response answer(ResourceDeclaration resource, Answer answer, Optional<Long> total) {
        Response.ResponseBuilder response = answer.of(resource, objects);
        next.ifPresent(cursor -> response.header(Header.NEXT, cursor));
        total.ifPresent(count -> response.header(Header.COUNT_TOTAL, count));
        return response.build();
    }
}
