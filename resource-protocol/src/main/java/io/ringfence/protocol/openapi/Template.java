package io.ringfence.protocol.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What is the same in every part and for every resource, kept as JSON beside this class. In
/// `resource.json` and `relation.json`, parameters and headers are named only and a content stands
/// for both encodings; [#complete] writes that out.
final class Template {
    private static final String SHARED = text("shared.json");
    private static final String RESOURCE = text("resource.json");
    private static final String RELATION = text("relation.json");
    private static final List<String> ENCODINGS =
            List.of(BodyFormat.JSON.mediaType(), BodyFormat.MESSAGE_PACK.mediaType());

    private Template() {}

    /// A document without paths.
    static ObjectNode shared() {
        return parsed(SHARED);
    }

    /// The paths of a resource.
    static ObjectNode resource(ResourceDeclaration resource) {
        ObjectNode paths =
                parsed(
                        named(
                                named(RESOURCE, "identity", resource.identity()),
                                "plural",
                                resource.plural()));
        if (!resource.isKept()) {
            paths.retain("/" + resource.plural());
            paths.forEach(path -> ((ObjectNode) path).retain("post"));
        }
        paths.forEach(path -> path.forEach(operation -> complete((ObjectNode) operation)));
        return paths;
    }

    /// What can be asked of the children of an object, by method.
    static ObjectNode relation(ResourceDeclaration parent, ResourceDeclaration child) {
        String text =
                named(named(RELATION, "parent", parent.identity()), "parents", parent.plural());
        ObjectNode path =
                parsed(named(named(text, "child", child.identity()), "children", child.plural()));
        path.forEach(operation -> complete((ObjectNode) operation));
        return path;
    }

    /// Puts a name in the place of `%kind%`, and with a capital in that of `%Kind%`.
    private static String named(String template, String kind, String name) {
        return template.replace("%" + kind + "%", name)
                .replace("%" + capitalized(kind) + "%", capitalized(name));
    }

    /// Writes out the short forms of an operation, and that it may be refused.
    static ObjectNode complete(ObjectNode operation) {
        JsonNode names = operation.path("parameters");
        ArrayNode parameters = operation.putArray("parameters");
        names.forEach(name -> parameters.add(referenced("parameters", name)));
        if (parameters.isEmpty()) {
            operation.remove("parameters");
        }
        if (operation.path("requestBody") instanceof ObjectNode body) {
            operation.putObject("requestBody").put("required", true).set("content", encoded(body));
        }
        ObjectNode responses = (ObjectNode) operation.path("responses");
        responses.forEach(response -> completeResponse((ObjectNode) response));
        responses.set("4XX", reference("responses", "refused"));
        responses.set("5XX", reference("responses", "refused"));
        return operation;
    }

    private static void completeResponse(ObjectNode response) {
        JsonNode names = response.path("headers");
        ObjectNode headers = response.putObject("headers");
        names.forEach(name -> headers.set(name.asText(), reference("headers", name.asText())));
        headers.set("X-Request-ID", reference("headers", "X-Request-ID"));
        if (response.path("content") instanceof ObjectNode content) {
            response.set("content", encoded(content));
        }
    }

    /// A content that names its media type itself has only that one.
    private static ObjectNode encoded(ObjectNode content) {
        if (!content.has("schema")) {
            return content;
        }
        ObjectNode encodings = content.objectNode();
        ENCODINGS.forEach(encoding -> encodings.set(encoding, content.deepCopy()));
        return encodings;
    }

    private static JsonNode referenced(String kind, JsonNode parameter) {
        return parameter.isTextual() ? reference(kind, parameter.asText()) : parameter;
    }

    static ObjectNode reference(String kind, String name) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        return reference.put("$ref", "#/components/%s/%s".formatted(kind, name));
    }

    static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static ObjectNode parsed(String json) {
        return BodyFormat.JSON.readObject(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String name) {
        try (InputStream file = Template.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
