package io.ringfence.protocol.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/// Bodies of requests on resources.
final class RequestBodies {
    private RequestBodies() {}

    /// @throws io.ringfence.protocol.error.ApiException 400, 413 or 415
    static ObjectNode object(HttpHeaders headers, byte[] body) {
        if (body.length > ResourceEndpoint.LARGEST_BODY) {
            throw Fault.of(
                            413,
                            "Request Too Large",
                            "A body is at most %d bytes".formatted(ResourceEndpoint.LARGEST_BODY))
                    .asException();
        }
        List<String> types = headers.getRequestHeader(HttpHeaders.CONTENT_TYPE);
        return BodyFormat.ofContentType(types == null || types.isEmpty() ? null : types.getFirst())
                .readObject(body);
    }
}
