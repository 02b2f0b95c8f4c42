package io.ringfence.protocol.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a write was answered with, before encoding and `X-Fields`; always 200. Attributes that are
/// shown once are not in it.
///
/// @param messages the answer's `X-Messages`
public record GivenAnswer(JsonNode body, List<String> messages) {
    public GivenAnswer {
        messages = List.copyOf(messages);
    }

    /// @param request digest of what was asked
    public record Remembered(String request, GivenAnswer answer) {}
}
