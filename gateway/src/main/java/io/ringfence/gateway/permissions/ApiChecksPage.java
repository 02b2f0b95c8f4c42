package io.ringfence.gateway.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.authenticate.RemoteAddress;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.authorize.NamespaceName;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.Identification;
import io.ringfence.gateway.route.OwnPage;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.AssertedCaller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `POST /apichecks`: may the caller do this with these, there? Nothing is said about a namespace
/// that does not exist, except that nothing may be done there.
@ApplicationScoped
public class ApiChecksPage implements OwnPage {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_IDENTITIES = 500;

    private static final Map<String, Verb> OPERATIONS =
            Map.of(
                    "Create", Verb.POST,
                    "Delete", Verb.DELETE,
                    "Info", Verb.GET,
                    "Patch", Verb.PUT,
                    "Retrieve", Verb.GET,
                    "RetrieveMany", Verb.GET,
                    "Update", Verb.PUT);

    /// As in `reference/api.md` Appendix B.
    public static final ResourceDeclaration DECLARATION =
            ResourceDeclaration.resource("apicheck", "apichecks")
                    .attribute(Attribute.anything("authorized").readOnly())
                    .attribute(
                            Attribute.text("namespace")
                                    .required()
                                    .checkedBy(ApiChecksPage::namespace))
                    .attribute(
                            Attribute.enumeration(
                                            "operation",
                                            OPERATIONS.keySet().stream()
                                                    .sorted()
                                                    .toArray(String[]::new))
                                    .required())
                    .attribute(Attribute.texts("targetIdentities").required())
                    .build();

    private final Identification identification;
    private final Admission admission;
    private final RemoteAddress remoteAddress;

    ApiChecksPage(Identification identification, Admission admission, RemoteAddress remoteAddress) {
        this.identification = identification;
        this.admission = admission;
        this.remoteAddress = remoteAddress;
    }

    @Override
    public String path() {
        return "/apichecks";
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public void answer(Exchange exchange) {
        identification.of(
                exchange,
                Optional.empty(),
                who -> exchange.body(MAX_BYTES, body -> answer(exchange, who.caller(), body)));
    }

    private void answer(Exchange exchange, AssertedCaller caller, Buffer body) {
        ObjectNode check;
        try {
            check = read(exchange, body);
        } catch (ApiException refused) {
            exchange.refuse(refused);
            return;
        }
        ObjectNode authorized = check.putObject("authorized");
        List<Future<?>> answers = new ArrayList<>();
        for (JsonNode identity : check.path("targetIdentities")) {
            answers.add(
                    admission
                            .decide(question(exchange, caller, check, identity.asText()))
                            .onSuccess(decision ->
                                    authorized.put(
                                            identity.asText(),
                                            decision instanceof Decision.Allowed)));
        }
        Future.join(answers)
                .onFailure(exchange::fail)
                .onSuccess(all -> exchange.answer(200, check));
    }

    private Question question(
            Exchange exchange, AssertedCaller caller, ObjectNode check, String identity) {
        Verb verb = OPERATIONS.getOrDefault(check.path("operation").asText(), Verb.GET);
        return new Question(
                caller,
                identity,
                verb,
                check.path("namespace").asText(),
                remoteAddress.of(exchange.request()));
    }

    private static ObjectNode read(Exchange exchange, Buffer body) {
        if (!exchange.request().params().isEmpty()) {
            throw Fault.badRequest("/apichecks has no parameters.").asException();
        }
        String contentType = exchange.request().getHeader("Content-Type");
        ObjectNode sent = BodyFormat.ofContentType(contentType).readObject(body.getBytes());
        ObjectNode check = ObjectCheck.forCreate(DECLARATION, sent);
        if (check.path("targetIdentities").size() > MAX_IDENTITIES) {
            throw Fault.invalid(
                            "targetIdentities",
                            "Ask about at most " + MAX_IDENTITIES + " identities at once.")
                    .asException();
        }
        return check.retain("namespace", "operation", "targetIdentities");
    }

    private static Optional<String> namespace(JsonNode value) {
        return NamespaceName.isWellFormed(value.asText())
                ? Optional.empty()
                : Optional.of("must be an absolute namespace, like /acme/shop");
    }
}
