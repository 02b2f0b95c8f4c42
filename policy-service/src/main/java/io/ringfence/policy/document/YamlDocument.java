package io.ringfence.policy.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
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

/// YAML without aliases, which people do not write here and attackers do. Events are looked at
/// before anything is built from them.
final class YamlDocument {
    private static final LoaderOptions BOUNDS = bounds();
    private static final ObjectMapper MAPPER = mapper(true);
    private static final ObjectMapper QUOTING = mapper(false);

    /// Line breaks of YAML that are none of JSON: a block would come back with another break.
    private static final Pattern RARE_BREAKS = Pattern.compile("[\\u0085\\u2028\\u2029]");

    private YamlDocument() {}

    private static ObjectMapper mapper(boolean plainWherePossible) {
        return new ObjectMapper(
                YAMLFactory.builder()
                        .loaderOptions(BOUNDS)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(BodyFormat.DEEPEST)
                                        .maxNumberLength(100)
                                        .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .disable(YAMLGenerator.Feature.SPLIT_LINES)
                        .configure(YAMLGenerator.Feature.MINIMIZE_QUOTES, plainWherePossible)
                        .stringQuotingChecker(new PlainTexts())
                        .build());
    }

    private static LoaderOptions bounds() {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setAllowDuplicateKeys(false);
        bounds.setMaxAliasesForCollections(0);
        bounds.setNestingDepthLimit(BodyFormat.DEEPEST);
        bounds.setCodePointLimit(DocumentFormat.LARGEST);
        return bounds;
    }

    static byte[] write(JsonNode document) {
        try {
            boolean isRare = RARE_BREAKS.matcher(document.toString()).find();
            return (isRare ? QUOTING : MAPPER).writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] writeAll(List<ObjectNode> documents) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (ObjectNode document : documents) {
            stream.writeBytes("---\n".getBytes(StandardCharsets.US_ASCII));
            stream.writeBytes(write(document));
        }
        return stream.toByteArray();
    }

    /// @throws ApiException 400, naming line and column where there are such
    static ObjectNode read(byte[] body) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            refuseAliases(text);
            JsonNode tree = MAPPER.readTree(text);
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
