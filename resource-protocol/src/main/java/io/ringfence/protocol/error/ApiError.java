package io.ringfence.protocol.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/// One element of the error array, as it is on the wire (`reference/api.md` §0).
///
/// @param subject the service that refused
/// @param trace the request's id, also in the logs
/// @param data `attribute` for validation errors; left out when empty
public record ApiError(
        int code,
        String title,
        String description,
        String subject,
        String trace,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> data) {}
