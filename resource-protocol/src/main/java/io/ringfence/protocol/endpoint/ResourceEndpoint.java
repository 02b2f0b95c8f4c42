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
import io.ringfence.protocol.replay.RepeatableWrite;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// `/<plural>` and `/<plural>/<id>` for every resource declared in this service. A service's own
/// endpoints have literal paths and go first.
@Path("/")
@Consumes(MediaType.WILDCARD)
public class ResourceEndpoint {
    /// Bodies larger than this are refused with 413.
    public static final int LARGEST_BODY = 1024 * 1024;

    private static final byte[] NOTHING = {};

    private final Resources resources;
    private final ObjectWriter writer;
    private final Reads reads;
    private final Writes writes;
    private final Instance<Transactions> transactions;
    private final CurrentCaller current;
    private final Clock clock = Clock.systemUTC();

    ResourceEndpoint(
            Resources resources,
            ObjectWriter writer,
            Reads reads,
            Writes writes,
            Instance<Transactions> transactions,
            CurrentCaller current) {
        this.resources = resources;
        this.writer = writer;
        this.reads = reads;
        this.writes = writes;
        this.transactions = transactions;
        this.current = current;
    }

    @GET
    @Path("{plural}")
    public Uni<Response> list(
            @RestPath String plural, @Context UriInfo uri, @Context HttpHeaders headers) {
        ResourceDeclaration resource = resource(plural);
        Selection selection = selection(resource, uri);
        Answer answer = Answer.wantedBy(headers);
        return run(transaction -> reads.page(transaction, resource, selection, answer));
    }

    @HEAD
    @Path("{plural}")
    public Uni<Response> count(@RestPath String plural, @Context UriInfo uri) {
        ResourceDeclaration resource = resource(plural);
        Selection selection = selection(resource, uri);
        return run(transaction -> reads.count(transaction, resource, selection));
    }

    @POST
    @Path("{plural}")
    public Uni<Response> create(
            @RestPath String plural,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            byte[] body) {
        ResourceDeclaration resource = declared(plural);
        Caller caller = current.inNamespace();
        ReadQuery.of(uri.getQueryParameters());
        ObjectNode sent = RequestBodies.object(headers, body);
        return writes.one(
                resource,
                RepeatableWrite.of(
                        caller, "POST", uri.getPath(), query(uri), compared(resource, body)),
                Answer.wantedBy(headers),
                transaction -> writer.create(resource, caller, sent, transaction));
    }

    @GET
    @Path("{plural}/{id}")
    public Uni<Response> read(
            @RestPath String plural,
            @RestPath String id,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        ResourceDeclaration resource = resource(plural);
        Caller caller = current.inNamespace();
        Scope scope = ReadQuery.of(uri.getQueryParameters()).scope(caller.namespace());
        Answer answer = Answer.wantedBy(headers);
        return transactions
                .get()
                .find(resource, id)
                .map(found -> writer.shown(resource, scope, id, found))
                .map(object -> answer.of(resource, object, resource.messages()).build());
    }

    @PUT
    @Path("{plural}/{id}")
    public Uni<Response> replace(
            @RestPath String plural,
            @RestPath String id,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            byte[] body) {
        return update(plural, id, uri, headers, body, false);
    }

    @PATCH
    @Path("{plural}/{id}")
    public Uni<Response> patch(
            @RestPath String plural,
            @RestPath String id,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            byte[] body) {
        return update(plural, id, uri, headers, body, true);
    }

    private Uni<Response> update(
            String plural,
            String id,
            UriInfo uri,
            HttpHeaders headers,
            byte[] body,
            boolean sparse) {
        ResourceDeclaration resource = resource(plural);
        Caller caller = current.inNamespace();
        boolean override = ReadQuery.of(uri.getQueryParameters()).override();
        ObjectNode sent = RequestBodies.object(headers, body);
        String method = sparse ? "PATCH" : "PUT";
        return writes.one(
                resource,
                RepeatableWrite.of(
                        caller, method, uri.getPath(), query(uri), compared(resource, body)),
                Answer.wantedBy(headers),
                transaction ->
                        writer.update(resource, caller, id, sent, sparse, override, transaction));
    }

    @DELETE
    @Path("{plural}/{id}")
    public Uni<Response> delete(
            @RestPath String plural,
            @RestPath String id,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        ResourceDeclaration resource = resource(plural);
        Caller caller = current.inNamespace();
        boolean override = ReadQuery.of(uri.getQueryParameters()).override();
        return writes.one(
                resource,
                RepeatableWrite.of(caller, "DELETE", uri.getPath(), query(uri), NOTHING),
                Answer.wantedBy(headers),
                transaction -> writer.delete(resource, caller, id, override, transaction));
    }

    /// Deletes what the filter matches in the namespace, and answers it.
    @DELETE
    @Path("{plural}")
    public Uni<Response> deleteAll(
            @RestPath String plural, @Context UriInfo uri, @Context HttpHeaders headers) {
        ResourceDeclaration resource = resource(plural);
        Caller caller = current.inNamespace();
        ReadQuery query = ReadQuery.of(uri.getQueryParameters());
        Selection selection = query.deletion(resource, caller.namespace(), clock);
        return writes.many(
                resource,
                RepeatableWrite.of(caller, "DELETE", uri.getPath(), query(uri), NOTHING),
                Answer.wantedBy(headers),
                transaction ->
                        writer.deleteAll(
                                resource,
                                caller,
                                selection,
                                ReadQuery.LARGEST_PAGE,
                                query.override(),
                                transaction));
    }

    /// A digest of a body with a password in it would let whoever has the store guess the password
    /// at full speed, so of such a resource's bodies nothing is kept.
    private static byte[] compared(ResourceDeclaration resource, byte[] body) {
        return resource.keepsSecrets() ? NOTHING : body;
    }

    private static @Nullable String query(UriInfo uri) {
        return uri.getRequestUri().getRawQuery();
    }

    private <T> Uni<T> run(Function<Transaction, Uni<T>> work) {
        return transactions.get().run(work);
    }

    private Selection selection(ResourceDeclaration resource, UriInfo uri) {
        return ReadQuery.of(uri.getQueryParameters())
                .selection(resource, current.inNamespace().namespace(), clock);
    }

    /// A resource of which there are objects.
    private ResourceDeclaration resource(String plural) {
        ResourceDeclaration resource = declared(plural);
        if (!resource.isKept()) {
            throw Fault.of(
                            405,
                            "Method Not Allowed",
                            "A %s is passed on and not stored: it can only be created"
                                    .formatted(resource.identity()))
                    .asException();
        }
        return resource;
    }

    private ResourceDeclaration declared(String plural) {
        return resources
                .at(plural)
                .orElseThrow(() ->
                        Fault.notFound("There is no such resource in this service").asException());
    }
}
