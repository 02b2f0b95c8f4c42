package io.ringfence.policy.exporting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.DocumentResources;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.ReadQuery;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is to be exported.
///
/// @param namespaces one document for each; empty: one of the caller's namespace
/// @param selections the resources in the order they are written, and which objects of each
record ExportRequest(
        String label,
        List<String> namespaces,
        Map<ResourceDeclaration, Optional<Selection>> selections) {
    private static final int MOST_NAMESPACES = 100;

    /// Reads `{"label": …, "identities": […], "namespaces": […]}` and the parameter `q`.
    ///
    /// @throws io.ringfence.protocol.error.ApiException 400, 403 or 422
    static ExportRequest read(
            ObjectNode body,
            Map<String, List<String>> parameters,
            Caller caller,
            DocumentResources resources) {
        parameters
                .keySet()
                .forEach(name -> {
                    if (!name.equals("q")) {
                        throw Fault.badRequest(
                                        "Parameter '%s' is not known; there is q".formatted(name))
                                .asException();
                    }
                });
        ReadQuery query = ReadQuery.of(parameters);
        Map<ResourceDeclaration, Optional<Selection>> selections =
                wanted(body.path("identities"), resources).stream()
                        .peek(resource -> requireReadable(resource, caller))
                        .collect(
                                Collectors.toMap(
                                        each -> each,
                                        each ->
                                                parameters.containsKey("q")
                                                        ? Optional.of(
                                                                query.selection(
                                                                        each,
                                                                        caller.namespace(),
                                                                        Clock.systemUTC()))
                                                        : Optional.<Selection>empty(),
                                        (one, _) -> one,
                                        java.util.LinkedHashMap::new));
        return new ExportRequest(
                body.path("label").asText(""),
                namespaces(body.path("namespaces"), caller.namespace()),
                selections);
    }

    /// Which objects of a resource, in one namespace.
    Selection of(ResourceDeclaration resource, String namespace) {
        Selection everything = Selection.of(Scope.only(namespace));
        return Optional.ofNullable(selections.get(resource))
                .flatMap(selected -> selected)
                .flatMap(Selection::filter)
                .map(everything::where)
                .orElse(everything);
    }

    private static void requireReadable(ResourceDeclaration resource, Caller caller) {
        if (!caller.may("get", resource.identity())) {
            throw Fault.forbidden(
                            "You may not read %s in %s; name what to export in 'identities'"
                                    .formatted(resource.plural(), caller.namespace()))
                    .asException();
        }
    }

    private static List<ResourceDeclaration> wanted(
            JsonNode identities, DocumentResources resources) {
        if (identities.isEmpty()) {
            return resources.all();
        }
        List<ResourceDeclaration> named =
                identities
                        .valueStream()
                        .map(name ->
                                resources
                                        .named(name.asText())
                                        .orElseThrow(() ->
                                                Fault.invalid(
                                                                "identities",
                                                                "'%s' cannot be exported"
                                                                        .formatted(name.asText()))
                                                        .asException()))
                        .toList();
        return resources.all().stream().filter(named::contains).toList();
    }

    private static List<String> namespaces(JsonNode sent, String own) {
        if (sent.size() > MOST_NAMESPACES) {
            throw Fault.invalid(
                            "namespaces",
                            "At most %d namespaces are exported at once".formatted(MOST_NAMESPACES))
                    .asException();
        }
        return sent.valueStream()
                .map(JsonNode::asText)
                .peek(each -> {
                    if (!each.equals(own) && !Scope.isBelow(each, own)) {
                        throw Fault.invalid(
                                        "namespaces",
                                        "'%s' is not %s, and not below it".formatted(each, own))
                                .asException();
                    }
                })
                .distinct()
                .sorted()
                .toList();
    }
}
