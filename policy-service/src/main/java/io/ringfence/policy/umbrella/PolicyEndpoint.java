package io.ringfence.policy.umbrella;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.policy.wire.Wire;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Cursor;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.ReadQuery;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;

/// `/policies`: what of each kind the caller may read.
@Path("policies")
@Consumes(MediaType.WILDCARD)
public class PolicyEndpoint {
    private final PolicyList policies;
    private final Resources resources;
    private final ObjectWriter writer;
    private final Transactions transactions;
    private final CurrentCaller current;
    private final Clock clock = Clock.systemUTC();

    PolicyEndpoint(
            PolicyList policies,
            Resources resources,
            ObjectWriter writer,
            Transactions transactions,
            CurrentCaller current) {
        this.policies = policies;
        this.resources = resources;
        this.writer = writer;
        this.transactions = transactions;
        this.current = current;
    }

    @GET
    public Uni<Response> list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Caller caller = current.inNamespace();
        Selection selection = selection(uri, caller);
        return transactions.run(transaction ->
                policies.page(kinds(caller, "get"), selection, transaction)
                        .chain(found ->
                                total(caller, selection, transaction)
                                        .map(total -> answer(headers, selection, found, total))));
    }

    @HEAD
    public Uni<Response> count(@Context UriInfo uri) {
        Caller caller = current.inNamespace();
        Selection selection = selection(uri, caller);
        return transactions
                .run(transaction -> policies.count(kinds(caller, "get"), selection, transaction))
                .map(total -> Response.noContent().header(Header.COUNT_TOTAL, total).build());
    }

    private Uni<Optional<Long>> total(Caller caller, Selection selection, Transaction transaction) {
        return selection.page() instanceof Page.Numbered
                ? policies.count(kinds(caller, "get"), selection, transaction).map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    private static Response answer(
            HttpHeaders headers,
            Selection selection,
            List<ObjectNode> found,
            Optional<Long> total) {
        List<ObjectNode> page = found;
        Optional<String> next = Optional.empty();
        if (selection.page() instanceof Page.After(_, int limit) && found.size() > limit) {
            page = found.subList(0, limit);
            next = Optional.of(Cursor.behind(page.getLast(), selection.order()));
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        page.forEach(list::add);
        Response.ResponseBuilder answer = Response.fromResponse(Wire.answer(headers, list));
        next.ifPresent(cursor -> answer.header(Header.NEXT, cursor));
        total.ifPresent(count -> answer.header(Header.COUNT_TOTAL, count));
        return answer.build();
    }

    @GET
    @Path("{id}")
    public Uni<Response> read(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        Caller caller = current.inNamespace();
        Scope scope = ReadQuery.of(uri.getQueryParameters()).scope(caller.namespace());
        return transactions
                .run(transaction -> find(id, scope, kinds(caller, "get"), transaction))
                .map(found -> Wire.answer(headers, found.shown()));
    }

    @DELETE
    @Path("{id}")
    public Uni<Response> delete(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        Caller caller = current.inNamespace();
        boolean override = ReadQuery.of(uri.getQueryParameters()).override();
        return transactions
                .run(transaction ->
                        find(
                                        id,
                                        Scope.only(caller.namespace()),
                                        kinds(caller, "delete"),
                                        transaction)
                                .chain(found ->
                                        writer.delete(
                                                        resources
                                                                .identified(found.kind().identity())
                                                                .orElseThrow(),
                                                        caller,
                                                        id,
                                                        override,
                                                        transaction)
                                                .map(outcome -> new Deleted(found, outcome))))
                .invoke(deleted -> writer.committed(deleted.outcome()))
                .map(deleted -> Wire.answer(headers, deleted.policy().shown()));
    }

    private record Deleted(PolicyList.Found policy, Outcome outcome) {}

    private Uni<PolicyList.Found> find(
            String id, Scope scope, List<PolicyKind> kinds, Transaction transaction) {
        return policies.find(id, scope, kinds, transaction)
                .map(found ->
                        found.orElseThrow(() ->
                                Fault.notFound(
                                                "There is no policy with the id given in this"
                                                        + " namespace")
                                        .asException()));
    }

    private Selection selection(UriInfo uri, Caller caller) {
        return ReadQuery.of(uri.getQueryParameters())
                .selection(PolicyKind.POLICY, caller.namespace(), clock);
    }

    /// To read all policies is not to read what one may not read.
    private static List<PolicyKind> kinds(Caller caller, String verb) {
        return PolicyKind.all().stream().filter(kind -> caller.may(verb, kind.identity())).toList();
    }
}
