package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be imported, or removed again.
///
/// @param objects in the order they are to be stored
record ImportDocument(String label, Mode mode, Map<ResourceDeclaration, List<ObjectNode>> objects) {
    private static final int LONGEST_LABEL = 256;
    private static final int MOST_OBJECTS = 20_000;

    enum Mode {
        IMPORT,
        REMOVE
    }

    /// Reads `{"data": {"APIVersion": 1, "label": …, "data": {…}}, "mode": "Import"}`, or just the
    /// export document inside it.
    ///
    /// @throws ApiException 422, naming the attribute or the key
    static ImportDocument read(ObjectNode body, ImportableResources importable) {
        boolean isBare = body.has("APIVersion") || body.has("label");
        JsonNode export = isBare ? body : body.path("data");
        if (!export.isObject()) {
            throw invalid("data", "Attribute 'data' must hold the document to import");
        }
        Mode mode = mode(isBare ? "" : body.path("mode").asText(""));
        checkVersion(export.path("APIVersion"));
        String label = export.path("label").asText("");
        if (label.isBlank() || label.length() > LONGEST_LABEL || label.indexOf(0) >= 0) {
            throw invalid(
                    "label",
                    "Attribute 'label' must name the document, in at most %d characters"
                            .formatted(LONGEST_LABEL));
        }
        return new ImportDocument(
                label,
                mode,
                mode == Mode.REMOVE ? Map.of() : objects(export.path("data"), importable));
    }

    private static Mode mode(String text) {
        return switch (text) {
            case "", "Import" -> Mode.IMPORT;
            case "Remove" -> Mode.REMOVE;
            case String other -> throw invalid("mode", "Attribute 'mode' must be Import or Remove");
        };
    }

    private static void checkVersion(JsonNode version) {
        boolean isKnown =
                version.isMissingNode()
                        || version.isNull()
                        || List.of("0", "1").contains(version.asText());
        if (!isKnown) {
            throw invalid("APIVersion", "Attribute 'APIVersion' must be 1 (or 0)");
        }
    }

    private static Map<ResourceDeclaration, List<ObjectNode>> objects(
            JsonNode data, ImportableResources importable) {
        if (!data.isObject() && !data.isMissingNode() && !data.isNull()) {
            throw invalid("data", "Attribute 'data' must be a map from resource to objects");
        }
        data.fieldNames().forEachRemaining(key -> checkKey(key, importable));
        Map<ResourceDeclaration, List<ObjectNode>> objects = new LinkedHashMap<>();
        int count = 0;
        for (ResourceDeclaration resource : importable.all()) {
            List<ObjectNode> ofResource = new ArrayList<>();
            data.properties().stream()
                    .filter(each -> importable.named(each.getKey()).equals(Optional.of(resource)))
                    .forEach(each -> ofResource.addAll(list(each.getKey(), each.getValue())));
            if (!ofResource.isEmpty()) {
                objects.put(resource, ofResource);
            }
            count += ofResource.size();
        }
        if (count > MOST_OBJECTS) {
            throw invalid("data", "A document holds at most %d objects".formatted(MOST_OBJECTS));
        }
        return objects;
    }

    private static void checkKey(String key, ImportableResources importable) {
        if (key.equals("namespaces") || key.equals("namespace")) {
            throw invalid(
                    key,
                    "Namespaces are not imported: create them with POST /namespaces first, and remove the key '%s'"
                            .formatted(key));
        }
        if (importable.named(key).isEmpty()) {
            String shown = key.length() <= 80 ? key : key.substring(0, 80) + "…";
            throw invalid(
                    shown,
                    "'%s' cannot be imported; a document may hold %s"
                            .formatted(
                                    shown,
                                    importable.all().stream()
                                            .map(ResourceDeclaration::plural)
                                            .toList()));
        }
    }

    private static List<ObjectNode> list(String key, JsonNode values) {
        List<ObjectNode> objects = new ArrayList<>();
        if (!values.isArray() && !values.isNull()) {
            throw invalid(key, "'%s' must be a list of objects".formatted(key));
        }
        for (JsonNode value : values) {
            if (!(value instanceof ObjectNode object)) {
                throw invalid(key, "'%s' must be a list of objects".formatted(key));
            }
            objects.add(object);
        }
        return objects;
    }

    private static ApiException invalid(String attribute, String sentence) {
        return Fault.invalid(attribute, sentence).asException();
    }
}
