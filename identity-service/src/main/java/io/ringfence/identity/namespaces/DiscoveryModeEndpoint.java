package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.identity.wire.Wire;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;

/// `/discoverymode`, deprecated: an object that is there while both default actions of the
/// namespace are `Allow` (DESIGN §4.11). Its id is the namespace's. Creating it sets them to
/// `Allow`, deleting it to `Reject`.
@Path("discoverymode")
@Consumes(MediaType.WILDCARD)
public final class DiscoveryModeEndpoint {
    private static final String DEPRECATED =
            "discoverymode is deprecated: set defaultPUIncomingTrafficAction and"
                    + " defaultPUOutgoingTrafficAction of the namespace";

    private final Transactions transactions;
    private final NamespaceSettings settings;
    private final CurrentCaller current;

    DiscoveryModeEndpoint(
            Transactions transactions, NamespaceSettings settings, CurrentCaller current) {
        this.transactions = transactions;
        this.settings = settings;
        this.current = current;
    }

    @GET
    public Uni<Response> list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Wire.refuseParametersOtherThan(uri);
        return found(current.inNamespace())
                .map(mode -> {
                    ArrayNode list = JsonNodeFactory.instance.arrayNode();
                    mode.ifPresent(list::add);
                    return deprecated(Wire.answer(headers, list));
                });
    }

    @GET
    @Path("{id}")
    public Uni<Response> read(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        Wire.refuseParametersOtherThan(uri);
        return found(current.inNamespace())
                .map(mode -> deprecated(Wire.answer(headers, only(mode, id))));
    }

    @POST
    public Uni<Response> switchOn(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        Wire.refuseParametersOtherThan(uri);
        return settings.change(current.inNamespace(), NamespaceSettings.actions("Allow"))
                .map(namespace -> deprecated(Wire.answer(headers, mode(namespace))));
    }

    @DELETE
    @Path("{id}")
    public Uni<Response> switchOff(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        Wire.refuseParametersOtherThan(uri);
        Caller caller = current.inNamespace();
        return found(caller)
                .map(mode -> only(mode, id))
                .chain(mode ->
                        settings.change(caller, NamespaceSettings.actions("Reject"))
                                .replaceWith(mode))
                .map(mode -> deprecated(Wire.answer(headers, mode)));
    }

    private Uni<Optional<ObjectNode>> found(Caller caller) {
        NamespaceName namespace = new NamespaceName(caller.namespace());
        return transactions
                .run(transaction -> Lineage.of(namespace, transaction))
                .map(lineage ->
                        Optional.of(lineage.own())
                                .filter(DiscoveryModeEndpoint::isDiscovered)
                                .map(DiscoveryModeEndpoint::mode));
    }

    private static boolean isDiscovered(ObjectNode namespace) {
        return namespace.path(NamespaceResource.INCOMING).asText().equals("Allow")
                && namespace.path(NamespaceResource.OUTGOING).asText().equals("Allow");
    }

    /// Namespaces below that say `Inherit` are in it too.
    private static ObjectNode mode(ObjectNode namespace) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ID", namespace.path("ID").asText())
                .put("namespace", namespace.path("name").asText())
                .put("propagate", true);
    }

    private static ObjectNode only(Optional<ObjectNode> mode, String id) {
        return mode.filter(found -> found.path("ID").asText().equals(id))
                .orElseThrow(() ->
                        Fault.notFound("The namespace is not in discovery mode, or by another id")
                                .asException());
    }

    private static Response deprecated(Response.ResponseBuilder answer) {
        return answer.header(Header.MESSAGES, DEPRECATED).build();
    }
}
