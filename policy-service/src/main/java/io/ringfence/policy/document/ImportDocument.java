package io.ringfence.policy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.DocumentResources.Meaning;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is to be imported.
///
/// @param label what its objects are recognized by in a later import
/// @param objects in the order they are to be stored
/// @param skipped what is left out of it
public record ImportDocument(
        String label, Map<ResourceDeclaration, List<Item>> objects, List<Skipped> skipped) {
    private static final int LONGEST_LABEL = 256;
    public static final int MOST_OBJECTS = 20_000;
    private static final int MOST_FAULTS = 50;

    public ImportDocument {
        skipped = List.copyOf(skipped);
    }

    /// One object.
    ///
    /// @param place where it stands: `data.externalnetworks[2]`
    public record Item(String place, ObjectNode object) {

        public String name() {
            return object.path("name").asText("");
        }

        /// For people: the place, and the name if it has one.
        public String shown() {
            return name().isEmpty() ? place : "%s ('%s')".formatted(place, shortened(name()));
        }
    }

    /// Reads `{"APIVersion": 1, "label": …, "data": {…}}`.
    ///
    /// @param skip keys to leave out that otherwise would be refused
    /// @throws ApiException 422, naming every attribute and key that has to change
    public static ImportDocument read(
            JsonNode document, Collection<String> skip, DocumentResources resources) {
        checkForm(document);
        return of(label(document), document.path("data"), skip, resources);
    }

    /// The same under another label than its own.
    ///
    /// @throws ApiException 422
    public static ImportDocument labelled(
            String label, JsonNode document, DocumentResources resources) {
        checkForm(document);
        return of(label, document.path("data"), List.of(), resources);
    }

    /// The label alone, for taking away what it brought.
    ///
    /// @throws ApiException 422
    public static String label(JsonNode document) {
        String label = document.path("label").asText("");
        if (label.isBlank() || label.length() > LONGEST_LABEL || label.indexOf(0) >= 0) {
            throw invalid(
                            "label",
                            "Attribute 'label' must name the document, in at most %d characters"
                                    .formatted(LONGEST_LABEL))
                    .asException();
        }
        return label;
    }

    /// @param data the objects by resource
    /// @throws ApiException 422
    public static ImportDocument of(
            String label, JsonNode data, Collection<String> skip, DocumentResources resources) {
        if (!data.isObject() && !data.isMissingNode() && !data.isNull()) {
            throw invalid("data", "Attribute 'data' must be a map from resource to objects")
                    .asException();
        }
        return new Sorting(new HashSet<>(skip), resources).of(label, data);
    }

    private static void checkForm(JsonNode document) {
        if (document.has("apiVersion") && document.has("kind")) {
            throw invalid(
                            "apiVersion",
                            "This is a Kubernetes resource; custom resources are gone. Write its"
                                    + " spec under 'data' of a document with 'APIVersion: 1' and a"
                                    + " 'label'")
                    .asException();
        }
        JsonNode version = document.path("APIVersion");
        boolean isKnown =
                version.isMissingNode()
                        || version.isNull()
                        || List.of("0", "1").contains(version.asText());
        if (!isKnown) {
            throw invalid("APIVersion", "Attribute 'APIVersion' must be 1 (or 0)").asException();
        }
    }

    private static Fault invalid(String attribute, String sentence) {
        return Fault.invalid(attribute, sentence);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /// One document under way; finds all faults before it gives up.
    private static final class Sorting {
        private final Set<String> skip;
        private final DocumentResources resources;
        private final Map<ResourceDeclaration, List<Item>> found = new LinkedHashMap<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();

        Sorting(Set<String> skip, DocumentResources resources) {
            this.skip = skip;
            this.resources = resources;
        }

        ImportDocument of(String label, JsonNode data) {
            for (String each : skip) {
                if (resources.meaning(each) instanceof Meaning.Unknown) {
                    add(
                            invalid(
                                    "skip",
                                    "Parameter 'skip' names '%s', which is no resource"
                                            .formatted(shortened(each))));
                }
            }
            data.properties().forEach(each -> sort(each.getKey(), each.getValue()));
            int count = found.values().stream().mapToInt(List::size).sum();
            if (count > MOST_OBJECTS) {
                add(
                        invalid(
                                "data",
                                "A document holds at most %d objects, and this one %d; divide it, with a label for each part"
                                        .formatted(MOST_OBJECTS, count)));
            }
            if (!faults.isEmpty()) {
                throw new ApiException(faults);
            }
            Map<ResourceDeclaration, List<Item>> inOrder = new LinkedHashMap<>();
            for (ResourceDeclaration resource : resources.all()) {
                Optional.ofNullable(found.get(resource))
                        .ifPresent(items -> inOrder.put(resource, items));
            }
            return new ImportDocument(label, inOrder, skipped);
        }

        private void sort(String key, JsonNode values) {
            if (skip.contains(key)) {
                skipped.add(new Skipped(key, values.size(), "You asked for it"));
                return;
            }
            switch (resources.meaning(key)) {
                case Meaning.Importable(ResourceDeclaration resource) ->
                        take(resource, key, values);
                case Meaning.Retired(String reason) ->
                        skipped.add(new Skipped(key, values.size(), reason));
                case Meaning.Elsewhere(String reason) -> {
                    // An export names every identity it was asked for, also with nothing under it.
                    if (!values.isEmpty() || !(values.isArray() || values.isNull())) {
                        add(
                                invalid(
                                        key,
                                        "'%s': %s. Then remove the key, or send it again with skip=%s"
                                                .formatted(key, reason, key)));
                    }
                }
                case Meaning.Unknown() ->
                        add(
                                invalid(
                                        shortened(key),
                                        "'%s' is no resource; a document may hold %s"
                                                .formatted(
                                                        shortened(key),
                                                        String.join(
                                                                ", ",
                                                                resources.all().stream()
                                                                        .map(
                                                                                ResourceDeclaration
                                                                                        ::plural)
                                                                        .toList()))));
            }
        }

        private void add(Fault fault) {
            if (faults.size() < MOST_FAULTS) {
                faults.add(fault);
            }
        }

        private void take(ResourceDeclaration resource, String key, JsonNode values) {
            if (!values.isArray() && !values.isNull()) {
                add(invalid(key, "'%s' must be a list of objects".formatted(key)));
                return;
            }
            List<Item> items = found.computeIfAbsent(resource, _ -> new ArrayList<>());
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) instanceof ObjectNode object) {
                    items.add(new Item("data.%s[%d]".formatted(key, i), object));
                } else {
                    add(invalid(key, "data.%s[%d] must be an object".formatted(key, i)));
                }
            }
        }
    }
}
