package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.DocumentResources;
import io.ringfence.policy.document.ImportDocument;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a document is to be imported.
///
/// @param isRemoval take away what the label brought
/// @param isPlan only say what would change
/// @param override touch protected objects too
record ImportRequest(ImportDocument document, boolean isRemoval, boolean isPlan, boolean override) {
    private static final Set<String> PARAMETERS = Set.of("plan", "override", "skip");

    /// Reads `{"data": {"APIVersion": 1, "label": …, "data": {…}}, "mode": "Import"}`, or just the
    /// export document inside it.
    ///
    /// @throws ApiException 400 for a parameter, 422 naming the attribute or the key
    static ImportRequest read(
            ObjectNode body, Map<String, List<String>> parameters, DocumentResources resources) {
        for (String name : parameters.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw Fault.badRequest(
                                "Parameter '%s' is not known; there are plan, override and skip"
                                        .formatted(name))
                        .asException();
            }
        }
        boolean isBare = body.has("APIVersion") || body.has("label") || body.has("apiVersion");
        JsonNode export = isBare ? body : body.path("data");
        if (!export.isObject()) {
            throw Fault.invalid("data", "Attribute 'data' must hold the document to import")
                    .asException();
        }
        boolean isRemoval = isRemoval(isBare ? "" : body.path("mode").asText(""));
        ImportDocument document =
                isRemoval
                        ? DocumentImporter.nothing(ImportDocument.label(export))
                        : ImportDocument.read(
                                export, parameters.getOrDefault("skip", List.of()), resources);
        return new ImportRequest(
                document, isRemoval, flag(parameters, "plan"), flag(parameters, "override"));
    }

    private static boolean isRemoval(String mode) {
        return switch (mode) {
            case "", "Import" -> false;
            case "Remove" -> true;
            case "ReplacePartial" ->
                    throw Fault.invalid(
                                    "mode",
                                    "Mode ReplacePartial is gone; Import changes only what differs")
                            .asException();
            case String other ->
                    throw Fault.invalid("mode", "Attribute 'mode' must be Import or Remove")
                            .asException();
        };
    }

    private static boolean flag(Map<String, List<String>> parameters, String name) {
        String text = Optional.ofNullable(parameters.get(name)).map(List::getFirst).orElse("false");
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default ->
                    throw Fault.badRequest("Parameter '%s' must be true or false".formatted(name))
                            .asException();
        };
    }
}
