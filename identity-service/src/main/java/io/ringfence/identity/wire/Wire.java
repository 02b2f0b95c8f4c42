package io.ringfence.identity.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// JSON or MessagePack in, JSON or MessagePack out.
public final class Wire {
    private static final int LARGEST_BODY = 64 * 1024;

    private Wire() {}

    /// @throws ApiException 400, 413 or 415
    public static ObjectNode object(HttpHeaders headers, byte[] body) {
        if (body.length > LARGEST_BODY) {
            throw Fault.of(
                            413,
                            "Request Too Large",
                            "This body is at most %d bytes".formatted(LARGEST_BODY))
                    .asException();
        }
        return BodyFormat.ofContentType(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                .readObject(body);
    }

    /// 200, never kept by anybody on the way.
    public static Response.ResponseBuilder answer(HttpHeaders headers, JsonNode body) {
        BodyFormat format =
                BodyFormat.ofAccept(
                        Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT))
                                .orElse(List.of()));
        return Response.ok(format.write(body), format.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /// @throws ApiException 400 naming the first unknown one
    public static void refuseParametersOtherThan(UriInfo uri, String... known) {
        for (String name : uri.getQueryParameters().keySet()) {
            if (!Set.of(known).contains(name)) {
                throw Fault.badRequest("Parameter '%s' is not known here".formatted(name))
                        .asException();
            }
        }
    }
}
