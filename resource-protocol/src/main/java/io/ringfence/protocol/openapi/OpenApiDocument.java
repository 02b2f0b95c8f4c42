package io.ringfence.protocol.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.openapi.OperationDeclaration.Access;
import io.ringfence.protocol.openapi.OperationDeclaration.Answer;
import io.ringfence.protocol.openapi.OperationDeclaration.Parameter;
import io.ringfence.protocol.relation.Relation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A complete OpenAPI 3.1 document, growing while it is made. The order of what goes in does not
/// matter for what comes out.
public final class OpenApiDocument {
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final ObjectNode document = Template.shared();

    private OpenApiDocument() {}

    /// What one service answers.
    ///
    /// @param relations between these resources
    public static ObjectNode of(
            Collection<ResourceDeclaration> resources,
            Collection<Relation> relations,
            Collection<OperationDeclaration> operations) {
        OpenApiDocument document = new OpenApiDocument();
        resources.forEach(document::add);
        relations.forEach(relation -> document.add(relation, resources));
        operations.forEach(document::add);
        return document.sorted();
    }

    /// What all of them answer.
    ///
    /// @throws IllegalStateException if two parts describe the same operation or schema differently
    public static ObjectNode merged(Collection<ObjectNode> parts) {
        OpenApiDocument whole = new OpenApiDocument();
        for (ObjectNode part : parts) {
            part.path("paths")
                    .properties()
                    .forEach(path ->
                            path.getValue()
                                    .properties()
                                    .forEach(each ->
                                            whole.set(
                                                    whole.paths().withObjectProperty(path.getKey()),
                                                    each.getKey(),
                                                    each.getValue())));
            part.path("components")
                    .path("schemas")
                    .properties()
                    .forEach(schema ->
                            whole.set(whole.schemas(), schema.getKey(), schema.getValue()));
            part.path("tags").forEach(whole::addTag);
        }
        return whole.sorted();
    }

    private void add(ResourceDeclaration resource) {
        String identity = resource.identity();
        ObjectNode tag = document.objectNode().put("name", identity);
        if (!resource.aliases().isEmpty()) {
            ArrayNode aliases = tag.putArray("x-aliases");
            new TreeSet<>(resource.aliases()).forEach(aliases::add);
        }
        if (!resource.messages().isEmpty()) {
            tag.put("description", String.join(" ", resource.messages()));
        }
        addTag(tag);
        set(schemas(), identity, Schemas.object(resource.attributes().values()));
        if (resource.isKept()) {
            set(schemas(), identity + ".sparse", Schemas.sparse(resource.attributes().values()));
        }
        Template.resource(resource)
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(each ->
                                        set(
                                                paths().withObjectProperty(path.getKey()),
                                                each.getKey(),
                                                each.getValue())));
    }

    private void add(Relation relation, Collection<ResourceDeclaration> resources) {
        ResourceDeclaration parent = identified(resources, relation.parent());
        ResourceDeclaration child = identified(resources, relation.child());
        ObjectNode path =
                paths().withObjectProperty(
                                "/%s/{id}/%s".formatted(parent.plural(), child.plural()));
        ObjectNode operations = Template.relation(parent, child);
        if (relation.isReadable()) {
            set(path, "get", asked(relation, operations.path("get")));
            set(path, "head", asked(relation, operations.path("head")));
        }
        if (relation.isCreatable()) {
            set(path, "post", asked(relation, operations.path("post")));
        }
    }

    private static JsonNode asked(Relation relation, JsonNode operation) {
        new TreeMap<>(relation.parameters())
                .forEach((name, values) -> {
                    ObjectNode schema =
                            ((ObjectNode) operation)
                                    .withArrayProperty("parameters")
                                    .addObject()
                                    .put("name", name)
                                    .put("in", "query")
                                    .putObject("schema")
                                    .put("type", "string");
                    if (!values.isEmpty()) {
                        new TreeSet<>(values).forEach(schema.withArrayProperty("enum")::add);
                    }
                });
        return operation;
    }

    private static ResourceDeclaration identified(
            Collection<ResourceDeclaration> resources, String identity) {
        return resources.stream()
                .filter(each -> each.identity().equals(identity))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "A relation names the undeclared resource " + identity));
    }

    private void add(OperationDeclaration declared) {
        ObjectNode operation =
                document.objectNode()
                        .put("operationId", declared.id())
                        .put("summary", declared.summary());
        operation.putArray("tags").add(declared.group());
        if (declared.access() == Access.ANYBODY) {
            operation.putArray("security");
        }
        ArrayNode parameters = operation.putArray("parameters");
        Matcher inPath = PATH_PARAMETER.matcher(declared.path());
        while (inPath.find()) {
            parameters
                    .addObject()
                    .put("name", inPath.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        if (declared.access() == Access.AUTHORIZED) {
            parameters.add("X-Namespace");
        }
        declared.shared().forEach(parameters::add);
        declared.parameters().forEach(each -> parameters.add(inQuery(each)));
        if (!(declared.body() instanceof Content.Nothing)) {
            operation.set("requestBody", content(declared.body()));
        }
        ObjectNode responses = operation.putObject("responses");
        declared.answers()
                .forEach((status, answer) ->
                        responses.set(Integer.toString(status), response(answer)));
        addTag(document.objectNode().put("name", declared.group()));
        set(
                paths().withObjectProperty(declared.path()),
                declared.method().toLowerCase(Locale.ROOT),
                Template.complete(operation));
    }

    private ObjectNode inQuery(Parameter parameter) {
        ObjectNode node =
                document.objectNode()
                        .put("name", parameter.name())
                        .put("in", "query")
                        .put("description", parameter.description());
        node.putObject("schema").put("type", parameter.type());
        return node;
    }

    private ObjectNode response(Answer answer) {
        ObjectNode response = document.objectNode().put("description", answer.description());
        if (!answer.headers().isEmpty()) {
            ArrayNode headers = response.putArray("headers");
            answer.headers().forEach(headers::add);
        }
        if (!(answer.content() instanceof Content.Nothing)) {
            response.set("content", content(answer.content()));
        }
        return response;
    }

    /// In the short form that [Template#complete] writes out, or by media type.
    private ObjectNode content(Content content) {
        ObjectNode node = document.objectNode();
        return switch (content) {
            case Content.Nothing _ -> node;
            case Content.ObjectOf(String name, var attributes) -> {
                set(schemas(), name, Schemas.object(attributes));
                yield node.set("schema", Template.reference("schemas", name));
            }
            case Content.ListOf(String name, var attributes) -> {
                set(schemas(), name, Schemas.object(attributes));
                node.putObject("schema")
                        .put("type", "array")
                        .set("items", Template.reference("schemas", name));
                yield node;
            }
            case Content.AnyObject _ -> {
                node.putObject("schema").put("type", "object");
                yield node;
            }
            case Content.Other(String mediaType) -> {
                node.putObject(mediaType).putObject("schema");
                yield node;
            }
        };
    }

    private void set(ObjectNode where, String name, JsonNode value) {
        JsonNode before = where.get(name);
        if (before != null && !before.equals(value)) {
            throw new IllegalStateException("Two declarations differ about " + name);
        }
        where.set(name, value);
    }

    private void addTag(JsonNode tag) {
        for (JsonNode known : tags()) {
            if (known.path("name").equals(tag.path("name"))) {
                return;
            }
        }
        tags().add(tag);
    }

    private ObjectNode sorted() {
        sort(paths());
        paths().forEach(operations -> sort((ObjectNode) operations));
        sort(schemas());
        List<JsonNode> tags =
                tags().valueStream()
                        .sorted(Comparator.comparing(tag -> tag.path("name").asText()))
                        .toList();
        tags().removeAll().addAll(tags);
        return document;
    }

    private static void sort(ObjectNode node) {
        ObjectNode before = node.deepCopy();
        node.removeAll();
        before.propertyStream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(each -> node.set(each.getKey(), each.getValue()));
    }

    private ObjectNode paths() {
        return document.withObjectProperty("paths");
    }

    private ObjectNode schemas() {
        return document.withObjectProperty("components").withObjectProperty("schemas");
    }

    private ArrayNode tags() {
        return document.withArrayProperty("tags");
    }
}
