package io.ringfence.policy.render;

import static io.ringfence.protocol.declaration.Attribute.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.tag.Tag;
import io.ringfence.policy.match.Tagged;
import io.ringfence.policy.wire.Wire;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.TagChecks;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestPath;

/// `/processingunits/<id>/renderedpolicies` for a unit there is, `POST /renderedpolicies` for one
/// that has these tags in this namespace.
@Path("/")
@Consumes(MediaType.WILDCARD)
public class RenderedPolicyEndpoint {
    static final Attribute TAGS =
            texts("processingUnitTags")
                    .required()
                    .longest(512)
                    .checkedBy(TagChecks.each(Tag::parse));
    static final ResourceDeclaration FORM =
            ResourceDeclaration.resource("renderedpolicy", "renderedpolicies")
                    .attribute(TAGS)
                    .build();

    private static final String RENDERER = "renderer";
    private static final String ONLY_V2 = "Rendered as v2: network rulesets";

    private final UnitRendering rendering;
    private final Resources resources;
    private final ObjectWriter writer;
    private final Transactions transactions;
    private final CurrentCaller current;

    RenderedPolicyEndpoint(
            UnitRendering rendering,
            Resources resources,
            ObjectWriter writer,
            Transactions transactions,
            CurrentCaller current) {
        this.rendering = rendering;
        this.resources = resources;
        this.writer = writer;
        this.transactions = transactions;
        this.current = current;
    }

    @POST
    @Path("renderedpolicies")
    public Uni<Response> render(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        String[] messages = messages(uri);
        Caller caller = current.inNamespace();
        ObjectNode sent = Wire.object(FORM, headers, body);
        Set<String> tags =
                sent.path(TAGS.name())
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet());
        return transactions
                .run(transaction -> rendering.of(caller.namespace(), tags, transaction))
                .map(rendered -> Wire.answer(headers, rendered, messages));
    }

    /// A list of one, as of every relation.
    @GET
    @Path("processingunits/{id}/renderedpolicies")
    public Uni<Response> ofUnit(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        String[] messages = messages(uri);
        return rendered(id)
                .map(rendered ->
                        Wire.answer(
                                headers,
                                JsonNodeFactory.instance.arrayNode().add(rendered),
                                messages));
    }

    /// As the enforcers of 5.0 ask.
    @POST
    @Path("processingunits/{id}/renderedpolicies")
    public Uni<Response> forUnit(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        String[] messages = messages(uri);
        return rendered(id).map(rendered -> Wire.answer(headers, rendered, messages));
    }

    private Uni<ObjectNode> rendered(String id) {
        Scope scope = Scope.only(current.inNamespace().namespace());
        ResourceDeclaration units = resources.identified("processingunit").orElseThrow();
        return transactions.run(transaction ->
                writer.stored(units, scope, id, transaction)
                        .chain(unit ->
                                rendering
                                        .of(
                                                unit.path("namespace").asText(),
                                                Tagged.tagsOf(unit),
                                                transaction)
                                        .map(rendered -> rendered.put("processingUnitID", id))));
    }

    private static String[] messages(UriInfo uri) {
        Wire.refuseParametersOtherThan(uri, RENDERER, "csr");
        String renderer = uri.getQueryParameters().getFirst(RENDERER);
        if (renderer == null || renderer.isEmpty() || renderer.equals("v2")) {
            return new String[0];
        }
        if (!renderer.equals("v1")) {
            throw Fault.badRequest("Parameter 'renderer' must be v1 or v2").asException();
        }
        return new String[] {ONLY_V2};
    }
}
