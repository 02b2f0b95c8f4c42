package io.ringfence.enforcer.console;

import com.fasterxml.jackson.databind.JsonNode;

/// What the console said.
///
/// @param body missing node when there was none
public record Answer(int status, JsonNode body) {
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /// The text attribute `name`.
    ///
    /// @throws UnexpectedAnswer when there is none
    public String text(String name) throws UnexpectedAnswer {
        String value = body.path(name).asText();
        if (value.isEmpty()) {
            throw new UnexpectedAnswer("the console's answer has no " + name);
        }
        return value;
    }

    /// This answer if it is a success.
    ///
    /// @param asked what was asked, for the message
    /// @throws UnexpectedAnswer with the console's own words otherwise
    public Answer orThrow(String asked) throws UnexpectedAnswer {
        if (isSuccess()) {
            return this;
        }
        String description = body.path(0).path("description").asText();
        throw new UnexpectedAnswer(
                asked
                        + " was answered with "
                        + status
                        + (description.isEmpty() ? "" : ": " + description));
    }
}
