package io.ringfence.policy.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a document comes and goes: JSON and MessagePack as everywhere, and YAML.
public final class DocumentFormat {
    /// Bytes; larger documents are refused with 413.
    public static final int LARGEST = 16 * 1024 * 1024;

    private static final String YAML = "application/yaml";
    private static final Set<String> YAML_TYPES =
            Set.of(YAML, "application/x-yaml", "text/yaml", "text/x-yaml");

    private DocumentFormat() {}

    /// @param mediaType what `bytes` are
    public record Written(byte[] bytes, String mediaType) {}

    /// @throws ApiException 400, 413 or 415
    public static ObjectNode read(@Nullable String contentType, byte[] body) {
        if (body.length > LARGEST) {
            throw Fault.of(
                            413,
                            "Request Too Large",
                            "A document is at most %d bytes; divide it, with a label for each part"
                                    .formatted(LARGEST))
                    .asException();
        }
        return isYaml(contentType == null ? "" : contentType)
                ? YamlDocument.read(body)
                : BodyFormat.ofContentType(contentType).readObject(body);
    }

    /// In the first format of an Accept header that is ours; JSON when there is none.
    public static Written write(List<String> accept, ObjectNode document) {
        return accepted(accept)
                .map(format -> new Written(format.write(document), format.mediaType()))
                .orElseGet(() -> new Written(YamlDocument.write(document), YAML));
    }

    /// Several: as a stream in YAML, elsewhere as the list `documents`.
    public static Written writeAll(List<String> accept, List<ObjectNode> documents) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putArray("documents").addAll(documents);
        return accepted(accept)
                .map(format -> new Written(format.write(list), format.mediaType()))
                .orElseGet(() -> new Written(YamlDocument.writeAll(documents), YAML));
    }

    /// Nothing: YAML.
    private static Optional<BodyFormat> accepted(List<String> accept) {
        for (String header : accept) {
            for (String type : header.split(",")) {
                if (isYaml(type)) {
                    return Optional.empty();
                }
                if (!type.isBlank() && !type.strip().startsWith("*/*")) {
                    return Optional.of(BodyFormat.ofAccept(List.of(type)));
                }
            }
        }
        return Optional.of(BodyFormat.JSON);
    }

    private static boolean isYaml(String mediaType) {
        int end = mediaType.indexOf(';');
        return YAML_TYPES.contains(
                mediaType
                        .substring(0, end < 0 ? mediaType.length() : end)
                        .strip()
                        .toLowerCase(Locale.ROOT));
    }
}
