package io.ringfence.policy.mapping;

import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.wire.Wire;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.TagChecks;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.stream.Collectors;

/// `POST /namespacerenderers`: where a processing unit with these tags would end up that registers
/// in this namespace. Nothing is stored.
@Path("namespacerenderers")
@Consumes(MediaType.WILDCARD)
public class NamespaceRendererEndpoint {
    private static final ResourceDeclaration FORM =
            ResourceDeclaration.resource("namespacerenderer", "namespacerenderers")
                    .attribute(
                            texts("tags")
                                    .required()
                                    .longest(512)
                                    .checkedBy(
                                            TagChecks.each(io.ringfence.contracts.tag.Tag::parse)))
                    .build();

    private final UnitMapping mapping;
    private final Transactions transactions;
    private final CurrentCaller current;

    NamespaceRendererEndpoint(
            UnitMapping mapping, Transactions transactions, CurrentCaller current) {
        this.mapping = mapping;
        this.transactions = transactions;
        this.current = current;
    }

    @POST
    public Uni<Response> render(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        Wire.refuseParametersOtherThan(uri);
        Caller caller = current.inNamespace();
        ObjectNode sent = Wire.object(FORM, headers, body);
        Set<String> tags =
                sent.path("tags").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        return transactions
                .run(transaction -> mapping.destination(tags, caller.namespace(), transaction))
                .map(namespace -> {
                    ObjectNode answer = sent.objectNode().put("namespace", namespace);
                    answer.set("tags", sent.path("tags"));
                    return Wire.answer(headers, answer);
                });
    }

    @Produces
    @Singleton
    static OperationDeclaration operation() {
        return OperationDeclaration.post(
                        "/namespacerenderers",
                        "See which namespace a processing unit would be mapped to")
                .taking(Content.object(FORM))
                .answering(
                        Content.object(
                                "namespacerenderer.rendered",
                                text("namespace").readOnly(),
                                texts("tags")));
    }
}
