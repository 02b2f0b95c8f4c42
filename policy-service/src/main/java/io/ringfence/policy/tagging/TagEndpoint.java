package io.ringfence.policy.tagging;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.wire.Wire;
import io.ringfence.protocol.behaviour.Transaction.TagUse;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.query.ReadQuery;
import io.ringfence.protocol.query.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// `/tags` and `/tagvalues`: those of processing units, external networks and enforcers, without
/// what is derived from their attributes (`$…`).
@Path("/")
@Consumes(MediaType.WILDCARD)
public class TagEndpoint {
    /// Asked for one more key than this, a person would search instead.
    static final int MOST_TAGS = ReadQuery.LARGEST_PAGE;

    private static final Set<String> TAGGED =
            Set.of("processingunit", "externalnetwork", "enforcer");

    private final Transactions transactions;
    private final CurrentCaller current;

    TagEndpoint(Transactions transactions, CurrentCaller current) {
        this.transactions = transactions;
        this.current = current;
    }

    /// Each tag, and how many objects have it.
    @GET
    @Path("tags")
    public Uni<Response> tags(@Context UriInfo uri, @Context HttpHeaders headers) {
        Caller caller = current.inNamespace();
        return used(uri)
                .map(uses -> {
                    ArrayNode list = JsonNodeFactory.instance.arrayNode();
                    for (TagUse use : uses) {
                        list.addObject()
                                .put("namespace", caller.namespace())
                                .put("value", use.tag())
                                .put("count", use.count());
                    }
                    return Wire.answer(headers, list);
                });
    }

    /// Each key with its values.
    @GET
    @Path("tagvalues")
    public Uni<Response> values(@Context UriInfo uri, @Context HttpHeaders headers) {
        return used(uri)
                .map(uses -> {
                    Map<String, ArrayNode> byKey = new TreeMap<>();
                    for (TagUse use : uses) {
                        int equals = use.tag().indexOf('=');
                        byKey.computeIfAbsent(
                                        use.tag().substring(0, equals),
                                        _ -> JsonNodeFactory.instance.arrayNode())
                                .add(use.tag().substring(equals + 1));
                    }
                    ArrayNode list = JsonNodeFactory.instance.arrayNode();
                    byKey.forEach((key, values) -> {
                        ObjectNode each = list.addObject().put("key", key);
                        each.set("values", values);
                    });
                    return Wire.answer(headers, list);
                });
    }

    private Uni<List<TagUse>> used(UriInfo uri) {
        Wire.refuseParametersOtherThan(uri, "recursive", "prefix");
        Caller caller = current.inNamespace();
        ReadQuery query = ReadQuery.of(uri.getQueryParameters(), Set.of("prefix"));
        Scope scope = query.scope(caller.namespace());
        String prefix = uri.getQueryParameters().getFirst("prefix");
        return transactions.run(transaction ->
                transaction.tagsInUse(TAGGED, scope, prefix == null ? "" : prefix, MOST_TAGS));
    }
}
