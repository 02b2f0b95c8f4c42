package io.ringfence.protocol.error;

import java.util.Map;
import java.util.Optional;

/// One reason for refusing a request: a code of `reference/api.md` §0, a title, and a sentence that
/// names what to change.
public record Fault(int code, String title, String description, Optional<String> attribute) {

    public static Fault of(int code, String title, String description) {
        return new Fault(code, title, description, Optional.empty());
    }

    /// 422, naming the attribute that has to change.
    public static Fault invalid(String attribute, String description) {
        return new Fault(422, "Validation Error", description, Optional.of(attribute));
    }

    public static Fault badRequest(String description) {
        return of(400, "Bad Request", description);
    }

    public static Fault unauthorized(String description) {
        return of(401, "Unauthorized", description);
    }

    public static Fault forbidden(String description) {
        return of(403, "Forbidden", description);
    }

    public static Fault notFound(String description) {
        return of(404, "Not Found", description);
    }

    /// The same fault, saying in which part of a larger body it is.
    public Fault within(String place) {
        return new Fault(code, title, place + ": " + description, attribute);
    }

    public ApiException asException() {
        return new ApiException(this);
    }

    ApiError toError(String subject, String trace) {
        return new ApiError(
                code,
                title,
                description,
                subject,
                trace,
                attribute
                        .<Map<String, String>>map(name -> Map.of("attribute", name))
                        .orElse(Map.of()));
    }
}
