package io.ringfence.protocol.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.ReadQuery;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.protocol.relation.Children;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import io.ringfence.protocol.relation.RelationCall;
import io.ringfence.protocol.relation.Relations;
import io.ringfence.protocol.replay.RepeatableWrite;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestPath;

/// `/<parent plural>/<id>/<child plural>` for every relation of this service. The parent must be
/// visible in the caller's namespace; children are answered like a list.
@Path("/")
@Consumes(MediaType.WILDCARD)
public class RelationEndpoint {
    private final Resources resources;
    private final Relations relations;
    private final ObjectWriter writer;
    private final Reads reads;
    private final Writes writes;
    private final Instance<Transactions> transactions;
    private final CurrentCaller current;
    private final Clock clock = Clock.systemUTC();

    RelationEndpoint(
            Resources resources,
            Relations relations,
            ObjectWriter writer,
            Reads reads,
            Writes writes,
            Instance<Transactions> transactions,
            CurrentCaller current) {
        this.resources = resources;
        this.relations = relations;
        this.writer = writer;
        this.reads = reads;
        this.writes = writes;
        this.transactions = transactions;
        this.current = current;
    }

    @GET
    @Path("{plural}/{id}/{children}")
    public Uni<Response> list(
            @RestPath String plural,
            @RestPath String id,
            @RestPath String children,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        Answer answer = Answer.wantedBy(headers);
        return read(
                new Asked(plural, id, children, uri),
                (transaction, selected) ->
                        reads.page(transaction, selected.resource(), selected.selection(), answer));
    }

    @HEAD
    @Path("{plural}/{id}/{children}")
    public Uni<Response> count(
            @RestPath String plural,
            @RestPath String id,
            @RestPath String children,
            @Context UriInfo uri) {
        return read(
                new Asked(plural, id, children, uri),
                (transaction, selected) ->
                        reads.count(transaction, selected.resource(), selected.selection()));
    }

    @POST
    @Path("{plural}/{id}/{children}")
    public Uni<Response> create(
            @RestPath String plural,
            @RestPath String id,
            @RestPath String children,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            byte[] body) {
        Asked asked = new Asked(plural, id, children, uri);
        Found found = found(asked);
        if (!found.behaviour().relation().isCreatable()) {
            throw impossible("POST");
        }
        ObjectNode sent = RequestBodies.object(headers, body);
        return writes.one(
                found.child(),
                RepeatableWrite.of(
                        found.caller(),
                        "POST",
                        uri.getPath(),
                        uri.getRequestUri().getRawQuery(),
                        body),
                Answer.wantedBy(headers),
                transaction ->
                        call(asked, found, transaction)
                                .chain(call -> found.behaviour().create(call, sent)));
    }

    private Uni<Response> read(
            Asked asked, BiFunction<Transaction, Selected, Uni<Response>> answering) {
        Found found = found(asked);
        if (!found.behaviour().relation().isReadable()) {
            throw impossible("GET");
        }
        Selection wanted =
                found.query().selection(found.child(), found.caller().namespace(), clock);
        return transactions
                .get()
                .run(transaction ->
                        call(asked, found, transaction)
                                .chain(call -> found.behaviour().children(call))
                                .chain(children ->
                                        answering.apply(
                                                transaction,
                                                new Selected(
                                                        found.child(),
                                                        narrowed(wanted, children)))));
    }

    private static Selection narrowed(Selection wanted, Children children) {
        return wanted.in(children.scope()).and(children.condition());
    }

    private Uni<RelationCall> call(Asked asked, Found found, Transaction transaction) {
        Caller caller = found.caller();
        Scope scope = found.query().scope(caller.namespace());
        Map<String, String> own =
                RelationCall.parameters(found.behaviour().relation(), asked.parameters());
        // A propagated parent is visible below, whether or not propagated children are asked for.
        Scope visible = new Scope(scope.namespace(), scope.recursive(), true);
        return writer.stored(found.parent(), visible, asked.id(), transaction)
                .map(parent -> new RelationCall(caller, parent, scope, own, transaction));
    }

    private Found found(Asked asked) {
        Caller caller = current.inNamespace();
        ResourceDeclaration parent = resource(asked.plural());
        ResourceDeclaration child = resource(asked.children());
        RelationBehaviour behaviour =
                relations
                        .between(parent.identity(), child.identity())
                        .orElseThrow(RelationEndpoint::nothing);
        Relation relation = behaviour.relation();
        ReadQuery query = ReadQuery.of(asked.parameters(), relation.parameters().keySet());
        return new Found(caller, parent, child, behaviour, query);
    }

    private ResourceDeclaration resource(String plural) {
        return resources.at(plural).orElseThrow(RelationEndpoint::nothing);
    }

    private static RuntimeException nothing() {
        return Fault.notFound("There is no such relation in this service").asException();
    }

    private static RuntimeException impossible(String verb) {
        return Fault.of(405, "Method Not Allowed", verb + " is not possible here").asException();
    }

    private record Asked(String plural, String id, String children, UriInfo uri) {
        Map<String, List<String>> parameters() {
            return uri.getQueryParameters();
        }
    }

    private record Found(
            Caller caller,
            ResourceDeclaration parent,
            ResourceDeclaration child,
            RelationBehaviour behaviour,
            ReadQuery query) {}

    private record Selected(ResourceDeclaration resource, Selection selection) {}
}
