package io.ringfence.gateway.permissions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.authenticate.RemoteAddress;
import io.ringfence.gateway.authorize.AccessibleNamespace;
import io.ringfence.gateway.route.Exchange;
import io.ringfence.gateway.route.Identification;
import io.ringfence.gateway.route.OwnPage;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.query.ReadQuery;
import io.ringfence.trust.assertion.AssertedCaller;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /accessiblenamespaces`: where the caller may do something at all.
@ApplicationScoped
public class AccessibleNamespacesPage implements OwnPage {
    /// As the 5.0 model has it.
    static final ResourceDeclaration DECLARATION =
            ResourceDeclaration.resource("accessiblenamespace", "accessiblenamespaces")
                    .attribute(Attribute.text("name").readOnly())
                    .build();

    private final Vertx vertx;
    private final Identification identification;
    private final Admission admission;
    private final RemoteAddress remoteAddress;

    AccessibleNamespacesPage(
            Vertx vertx,
            Identification identification,
            Admission admission,
            RemoteAddress remoteAddress) {
        this.vertx = vertx;
        this.identification = identification;
        this.admission = admission;
        this.remoteAddress = remoteAddress;
    }

    @Override
    public String path() {
        return "/accessiblenamespaces";
    }

    @Override
    public void answer(Exchange exchange) {
        identification.of(
                exchange,
                Optional.empty(),
                who -> {
                    try {
                        Listing listing =
                                Listing.of(
                                        ReadQuery.of(parameters(exchange.request().params()))
                                                .selection(DECLARATION, "/", Clock.systemUTC()));
                        answer(exchange, who.caller(), listing);
                    } catch (ApiException refused) {
                        exchange.refuse(refused);
                    }
                });
    }

    /// Every namespace is a question, so this is not for the event loop.
    private void answer(Exchange exchange, AssertedCaller caller, Listing listing) {
        String address = remoteAddress.of(exchange.request());
        vertx.executeBlocking(
                        () ->
                                listing.select(
                                        admission.accessibleNamespaces(caller, address).stream()
                                                .map(AccessibleNamespacesPage::object)
                                                .toList()),
                        false)
                .onFailure(failure -> {
                    if (failure instanceof ApiException refused) {
                        exchange.refuse(refused);
                    } else {
                        exchange.fail(failure);
                    }
                })
                .onSuccess(page -> {
                    exchange.response().putHeader(Header.COUNT_TOTAL, String.valueOf(page.total()));
                    page.next().ifPresent(next -> exchange.response().putHeader(Header.NEXT, next));
                    exchange.answer(exchange.isCount() ? 204 : 200, page.objects());
                });
    }

    private static ObjectNode object(AccessibleNamespace namespace) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ID", namespace.id())
                .put("name", namespace.name());
    }

    private static Map<String, List<String>> parameters(MultiMap sent) {
        Map<String, List<String>> parameters = new HashMap<>();
        sent.names().forEach(name -> parameters.put(name, sent.getAll(name)));
        return parameters;
    }
}
