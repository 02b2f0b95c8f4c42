package io.ringfence.protocol.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.msgpack.jackson.dataformat.MessagePackFactory;

/// The two encodings of the API, both ways, chosen by Content-Type and Accept (`reference/api.md`
/// §0).
public enum BodyFormat {
    JSON("application/json", Set.of("text/json"), new JsonFactory()),
    MESSAGE_PACK("application/msgpack", Set.of("application/x-msgpack"), new MessagePackFactory());

    /// Deeper than any resource needs.
    public static final int DEEPEST = 32;

    private final String mediaType;
    private final Set<String> otherNames;
    private final ObjectMapper mapper;

    BodyFormat(String mediaType, Set<String> otherNames, JsonFactory factory) {
        this.mediaType = mediaType;
        this.otherNames = otherNames;
        factory.setStreamReadConstraints(
                StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(100)
                        .build());
        factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        // Otherwise a name beyond the basic plane is written as what is no UTF-8.
        factory.enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        // MessagePack's parser takes the end of the body for an error when asked for more.
        this.mapper =
                new ObjectMapper(factory)
                        .configure(
                                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                                !(factory instanceof MessagePackFactory))
                        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    }

    public String mediaType() {
        return mediaType;
    }

    /// The format a Content-Type names; JSON when there is none.
    ///
    /// @throws ApiException 415
    public static BodyFormat ofContentType(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return JSON;
        }
        String name = bare(contentType);
        return Arrays.stream(values())
                .filter(format -> format.isNamed(name))
                .findFirst()
                .orElseThrow(() ->
                        Fault.of(
                                        415,
                                        "Unsupported Media Type",
                                        "Content-Type '%s' is not understood; send application/json or application/msgpack"
                                                .formatted(name))
                                .asException());
    }

    /// The first format an Accept header names; JSON when it names none of ours.
    public static BodyFormat ofAccept(List<String> accept) {
        return accept.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(BodyFormat::bare)
                .flatMap(name -> Arrays.stream(values()).filter(format -> format.isNamed(name)))
                .findFirst()
                .orElse(JSON);
    }

    private static String bare(String header) {
        int end = header.indexOf(';');
        return header.substring(0, end < 0 ? header.length() : end)
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private boolean isNamed(String name) {
        return name.equals(mediaType) || otherNames.contains(name);
    }

    /// @throws ApiException 400, naming line and column where there are such
    public ObjectNode readObject(byte[] body) {
        if (read(body) instanceof ObjectNode object) {
            return object;
        }
        throw Fault.badRequest("The body must be one object").asException();
    }

    /// @throws ApiException 400
    public JsonNode read(byte[] body) {
        if (body.length == 0) {
            throw Fault.badRequest("The body is empty").asException();
        }
        try {
            JsonNode tree =
                    Optional.ofNullable(mapper.readTree(body))
                            .filter(node -> !node.isMissingNode())
                            .orElseThrow(() -> Fault.badRequest("The body is empty").asException());
            return this == MESSAGE_PACK ? WireTimes.asTexts(tree) : tree;
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof ApiException refused) {
                throw refused;
            }
            throw Fault.badRequest("The body is not valid " + mediaType).asException();
        }
    }

    private ApiException malformed(JsonProcessingException e) {
        String where =
                e.getLocation() == null || this != JSON
                        ? ""
                        : " at line %d, column %d"
                                .formatted(
                                        e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        String reason = e.getOriginalMessage().lines().findFirst().orElse("").strip();
        return Fault.badRequest(
                        "The body is not valid %s%s: %s".formatted(mediaType, where, reason))
                .asException();
    }

    /// An object of the resource, or a list of such: times in the format's own form.
    public byte[] write(ResourceDeclaration resource, JsonNode objects) {
        return write(
                this == MESSAGE_PACK
                        ? WireTimes.extended(resource.attributes().values(), objects)
                        : objects);
    }

    /// Anything else; what are times to the reader must be texts to it.
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
