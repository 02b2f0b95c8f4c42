package io.ringfence.policy.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
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
    private static final int LARGEST_BODY = 1024 * 1024;

    private Wire() {}

    /// A body, checked and completed as a create of this resource would be.
    ///
    /// @throws ApiException 400, 413, 415 or 422
    public static ObjectNode object(ResourceDeclaration form, HttpHeaders headers, byte[] body) {
        if (body.length > LARGEST_BODY) {
            throw Fault.of(
                            413,
                            "Request Too Large",
                            "This body is at most %d bytes".formatted(LARGEST_BODY))
                    .asException();
        }
        return ObjectCheck.forCreate(
                form,
                BodyFormat.ofContentType(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                        .readObject(body));
    }

    /// 200.
    public static Response answer(HttpHeaders headers, JsonNode body, String... messages) {
        BodyFormat format =
                BodyFormat.ofAccept(
                        Optional.ofNullable(headers.getRequestHeader(HttpHeaders.ACCEPT))
                                .orElse(List.of()));
        Response.ResponseBuilder answer = Response.ok(format.write(body), format.mediaType());
        for (String message : messages) {
            answer.header(Header.MESSAGES, message);
        }
        return answer.build();
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
