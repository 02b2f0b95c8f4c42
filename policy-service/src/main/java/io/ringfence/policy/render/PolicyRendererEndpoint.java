package io.ringfence.policy.render;

import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.tag.Tag;
import io.ringfence.policy.wire.Wire;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.TagChecks;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
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

/// `POST /policyrenderers`: the policies of a type that are about who has these tags, or that speak
/// of them.
@Path("policyrenderers")
@Consumes(MediaType.WILDCARD)
public class PolicyRendererEndpoint {
    static final ResourceDeclaration FORM =
            ResourceDeclaration.resource("policyrenderer", "policyrenderers")
                    .attribute(
                            enumeration("processMode", "Subject", "Object").defaultsTo("Subject"))
                    .attribute(
                            texts("tags")
                                    .required()
                                    .longest(512)
                                    .checkedBy(TagChecks.each(Tag::parse)))
                    .attribute(enumeration("type", PolicyRendering.TYPES).required())
                    .build();

    private final PolicyRendering rendering;
    private final Transactions transactions;
    private final CurrentCaller current;

    PolicyRendererEndpoint(
            PolicyRendering rendering, Transactions transactions, CurrentCaller current) {
        this.rendering = rendering;
        this.transactions = transactions;
        this.current = current;
    }

    @POST
    public Uni<Response> render(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        Wire.refuseParametersOtherThan(uri);
        Caller caller = current.inNamespace();
        ObjectNode sent = Wire.object(FORM, headers, body);
        String type = sent.path("type").asText();
        PolicyRendering.elsewhere(type)
                .ifPresent(sentence -> {
                    throw Fault.invalid("type", sentence).asException();
                });
        Set<String> tags =
                sent.path("tags").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        boolean asSubject = sent.path("processMode").asText().equals("Subject");
        return transactions
                .run(transaction ->
                        rendering.of(type, asSubject, caller.namespace(), tags, transaction))
                .map(policies -> {
                    ObjectNode answer = sent.objectNode();
                    ArrayNode list = answer.putArray("policies");
                    policies.forEach(list::add);
                    answer.set("processMode", sent.path("processMode"));
                    answer.set("tags", sent.path("tags"));
                    answer.set("type", sent.path("type"));
                    return Wire.answer(headers, answer);
                });
    }
}
