package io.ringfence.protocol.endpoint;

import io.ringfence.contracts.identity.Header;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// Sentences for people in an answer: `X-Messages`, one header value each.
public final class MessageHeaders {
    private MessageHeaders() {}

    public static Response.ResponseBuilder on(
            Response.ResponseBuilder response, List<String> messages) {
        messages.forEach(sentence -> response.header(Header.MESSAGES, fit(sentence)));
        return response;
    }

    /// What a header cannot carry is replaced.
    static String fit(String sentence) {
        return sentence.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
