package io.ringfence.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ringfence.cli.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What people hand in: JSON or YAML, from a file, from standard input (`-`), on the line, or as
/// single attributes.
final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML =
            YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Documents() {}

    static JsonNode read(String file) {
        return parse(text(file), file);
    }

    private static String text(String file) {
        try {
            byte[] text =
                    file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UserError("Cannot read " + file + " (" + unreadable.getMessage() + ").");
        }
    }

    /// All documents of a YAML stream, or the one that is there.
    static List<ObjectNode> readAll(String file) {
        return parseAll(text(file), file);
    }

    static List<ObjectNode> parseAll(String text, String source) {
        if (text.stripLeading().startsWith("{")) {
            return List.of((ObjectNode) parse(text, source));
        }
        List<ObjectNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> each = YAML.readerFor(JsonNode.class).readValues(text)) {
            while (each.hasNext()) {
                if (!(each.next() instanceof ObjectNode document)) {
                    throw new UserError(source + " holds something that is no document.");
                }
                documents.add(document);
            }
        } catch (RuntimeJsonMappingException malformed) {
            throw new UserError(source + " is neither JSON nor YAML: " + reason(malformed) + ".");
        } catch (IOException malformed) {
            throw new UserError(source + " is neither JSON nor YAML: " + reason(malformed) + ".");
        }
        if (documents.isEmpty()) {
            throw new UserError(source + " holds no document.");
        }
        return documents;
    }

    private static String reason(Exception malformed) {
        String message = String.valueOf(malformed.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    static JsonNode parse(String text, String source) {
        try {
            JsonNode document =
                    text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")
                            ? JSON.readTree(text)
                            : YAML.readTree(text);
            if (document == null || !document.isContainerNode()) {
                throw new UserError(source + " holds no object.");
            }
            return document;
        } catch (JsonProcessingException malformed) {
            throw new UserError(
                    source + " is neither JSON nor YAML: " + malformed.getOriginalMessage() + ".");
        }
    }

    /// Sets attributes written `name value`; a value that is JSON is taken as such, anything else
    /// is text.
    static void set(ObjectNode object, List<String> pairs) {
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new UserError(
                        "An attribute is written -k name=value; '" + pair + "' is not.");
            }
            object.set(pair.substring(0, equals), value(pair.substring(equals + 1)));
        }
    }

    private static JsonNode value(String text) {
        try {
            JsonNode parsed = JSON.readTree(text);
            return parsed == null || parsed.isMissingNode()
                    ? JSON.getNodeFactory().textNode(text)
                    : parsed;
        } catch (JsonProcessingException justText) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
