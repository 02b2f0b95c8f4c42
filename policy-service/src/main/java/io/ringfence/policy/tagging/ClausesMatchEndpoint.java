package io.ringfence.policy.tagging;

import static io.ringfence.protocol.declaration.Attribute.expression;
import static io.ringfence.protocol.declaration.Attribute.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.authoring.PolicyChecks;
import io.ringfence.policy.match.Tagged;
import io.ringfence.policy.wire.Wire;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.ReadQuery;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// `POST /clausesmatches`: the objects that a tag expression would match, here and as far as
/// `recursive` and `propagated` reach. At most as many as a page holds.
@Path("clausesmatches")
@Consumes(MediaType.WILDCARD)
public class ClausesMatchEndpoint {
    static final ResourceDeclaration FORM =
            ResourceDeclaration.resource("clausesmatch", "clausesmatches")
                    .attribute(
                            expression("clauses")
                                    .required()
                                    .longest(1_000)
                                    .checkedBy(PolicyChecks.EXPRESSION))
                    .attribute(text("targetIdentity").required().longest(64))
                    .build();

    private final Resources resources;
    private final Transactions transactions;
    private final CurrentCaller current;

    ClausesMatchEndpoint(Resources resources, Transactions transactions, CurrentCaller current) {
        this.resources = resources;
        this.transactions = transactions;
        this.current = current;
    }

    @POST
    public Uni<Response> match(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        Wire.refuseParametersOtherThan(uri, "recursive", "propagated");
        Caller caller = current.inNamespace();
        ObjectNode sent = Wire.object(FORM, headers, body);
        ResourceDeclaration target = target(sent.path("targetIdentity").asText());
        if (!caller.may("get", target.identity())) {
            throw Fault.forbidden("You may not read %s here".formatted(target.plural()))
                    .asException();
        }
        Selection selection =
                Selection.of(ReadQuery.of(uri.getQueryParameters()).scope(caller.namespace()))
                        .where(Tagged.by(sent.path("clauses")))
                        .firstOnly(ReadQuery.LARGEST_PAGE);
        return transactions
                .run(transaction -> transaction.list(target, selection))
                .map(found -> {
                    ObjectNode answer = sent.objectNode();
                    answer.set("clauses", sent.path("clauses"));
                    ArrayNode match = answer.putArray("match");
                    found.forEach(each -> match.add(resources.shown(target, each)));
                    answer.set("targetIdentity", sent.path("targetIdentity"));
                    return Wire.answer(headers, answer);
                });
    }

    private ResourceDeclaration target(String identity) {
        return resources
                .identified(identity)
                .filter(resource -> resource.isKept() && resource.has("normalizedTags"))
                .orElseThrow(() ->
                        Fault.invalid(
                                        "targetIdentity",
                                        "Attribute 'targetIdentity' must name what has tags here,"
                                                + " such as processingunit or externalnetwork")
                                .asException());
    }
}
