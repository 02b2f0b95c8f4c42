package io.ringfence.metrics.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.Fault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a request carries, as an object: JSON, MessagePack, or a form.
final class RequestBody {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int LARGEST = 1 << 20;

    private RequestBody() {}

    /// No body is an empty object.
    static ObjectNode read(@Nullable String contentType, byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (body.length > LARGEST) {
            throw Fault.of(
                            413,
                            "Request Too Large",
                            "A body is at most %d bytes".formatted(LARGEST))
                    .asException();
        }
        return isForm(contentType)
                ? form(new String(body, StandardCharsets.UTF_8))
                : BodyFormat.ofContentType(contentType).readObject(body);
    }

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    private static ObjectNode form(String body) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (String field : body.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("The form cannot be read: " + e.getMessage()).asException();
        }
    }
}
