package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.identity.wire.Wire;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.function.Function;

/// Questions about the namespace a request is made in (`reference/api.md` §1), for callers who may
/// not look into its parent, where the namespace itself lives. Each is answered with a list of one.
@Path("/")
public final class NamespaceQuestions {
    private final Transactions transactions;
    private final CurrentCaller current;

    NamespaceQuestions(Transactions transactions, CurrentCaller current) {
        this.transactions = transactions;
        this.current = current;
    }

    @GET
    @Path("namespacetypes")
    public Uni<Response> type(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(
                uri,
                headers,
                lineage ->
                        object().put(
                                        "type",
                                        lineage.own()
                                                .path(NamespaceResource.TYPE)
                                                .asText("Default")));
    }

    /// What holds here, inherited or not.
    @GET
    @Path("namespacepolicyinfo")
    public Uni<Response> policy(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(
                uri,
                headers,
                lineage ->
                        with(
                                object().put(
                                                "PUIncomingTrafficAction",
                                                lineage.action(NamespaceResource.INCOMING))
                                        .put(
                                                "PUOutgoingTrafficAction",
                                                lineage.action(NamespaceResource.OUTGOING)),
                                "prefixes",
                                lineage.tagPrefixes()));
    }

    /// What is written here; an action may be `Inherit`.
    @GET
    @Path("namespaceinfo")
    public Uni<Response> info(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(
                uri,
                headers,
                lineage -> {
                    ObjectNode own = lineage.own();
                    ObjectNode info =
                            object().put("name", own.path("name").asText())
                                    .put("description", own.path("description").asText(""))
                                    .put("protected", own.path("protected").asBoolean())
                                    .put(
                                            "PUIncomingTrafficAction",
                                            own.path(NamespaceResource.INCOMING).asText("Inherit"))
                                    .put(
                                            "PUOutgoingTrafficAction",
                                            own.path(NamespaceResource.OUTGOING).asText("Inherit"));
                    info.set("prefixes", own.withArray(NamespaceResource.TAG_PREFIXES));
                    return info;
                });
    }

    @GET
    @Path("putrafficactions")
    public Uni<Response> trafficActions(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(
                uri,
                headers,
                lineage ->
                        object().put("Incoming", lineage.action(NamespaceResource.INCOMING))
                                .put("Outgoing", lineage.action(NamespaceResource.OUTGOING)));
    }

    @GET
    @Path("organizationalmetadata")
    public Uni<Response> organizationalMetadata(
            @Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(
                uri,
                headers,
                lineage ->
                        with(
                                object().put("namespace", lineage.own().path("name").asText()),
                                "metadata",
                                lineage.organizationalMetadata()));
    }

    @GET
    @Path("tagprefixes")
    public Uni<Response> tagPrefixes(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(uri, headers, lineage -> with(object(), "prefixes", lineage.tagPrefixes()));
    }

    @GET
    @Path("defaultenforcerversion")
    public Uni<Response> enforcerVersion(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answer(
                uri,
                headers,
                lineage -> object().put("defaultVersion", lineage.defaultEnforcerVersion()));
    }

    private Uni<Response> answer(
            UriInfo uri, HttpHeaders headers, Function<Lineage, ObjectNode> shown) {
        Wire.refuseParametersOtherThan(uri);
        NamespaceName namespace = new NamespaceName(current.inNamespace().namespace());
        return transactions
                .run(transaction -> Lineage.of(namespace, transaction))
                .map(lineage ->
                        Wire.answer(
                                        headers,
                                        JsonNodeFactory.instance
                                                .arrayNode()
                                                .add(shown.apply(lineage)))
                                .build());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode with(ObjectNode object, String name, Collection<String> texts) {
        ArrayNode list = object.putArray(name);
        texts.forEach(list::add);
        return object;
    }
}
