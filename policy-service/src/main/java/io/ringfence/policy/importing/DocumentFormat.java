package io.ringfence.policy.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;

/// Reads documents: JSON and MessagePack as everywhere, and YAML without aliases, which people do
/// not write and attackers do.
final class DocumentFormat {
    private static final Set<String> YAML_TYPES =
            Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final LoaderOptions BOUNDS = bounds();
    private static final ObjectMapper YAML =
            new ObjectMapper(YAMLFactory.builder().loaderOptions(BOUNDS).build());

    private DocumentFormat() {}

    private static LoaderOptions bounds() {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setAllowDuplicateKeys(false);
        bounds.setMaxAliasesForCollections(0);
        bounds.setNestingDepthLimit(BodyFormat.DEEPEST);
        bounds.setCodePointLimit(LARGEST);
        return bounds;
    }

    /// @throws ApiException 400 or 415
    static ObjectNode read(@Nullable String contentType, byte[] body) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        return YAML_TYPES.contains(type.substring(0, end < 0 ? type.length() : end).strip())
                ? yaml(body)
                : BodyFormat.ofContentType(contentType).readObject(body);
    }

    /// In the format the client accepts; never YAML.
    static Response answer(HttpHeaders headers, ObjectNode object) {
        BodyFormat format =
                BodyFormat.ofAccept(
                        Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT))
                                .orElse(List.of()));
        return Response.ok(format.write(object), format.mediaType()).build();
    }

    private static ObjectNode yaml(byte[] body) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            refuseAliases(text);
            JsonNode tree = YAML.readTree(text);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw bad("the document must be one map");
        } catch (CharacterCodingException e) {
            throw bad("it is not UTF-8");
        } catch (MarkedYAMLException e) {
            throw bad(where(e.getProblemMark()) + e.getProblem());
        } catch (YAMLException e) {
            throw bad(String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            throw bad(
                    "line %d, column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage().lines().findFirst().orElse("")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseAliases(String text) {
        int documents = 0;
        for (Event event : new Yaml(new SafeConstructor(BOUNDS)).parse(new StringReader(text))) {
            if (event instanceof AliasEvent) {
                throw bad(
                        where(event.getStartMark()) + "aliases (*) are not accepted; write it out");
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw bad(where(event.getStartMark()) + "send one document at a time");
            }
        }
    }

    private static String where(@Nullable Mark mark) {
        return mark == null
                ? ""
                : "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static ApiException bad(String reason) {
        return Fault.badRequest("The YAML cannot be read: " + reason).asException();
    }
}
