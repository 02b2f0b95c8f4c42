package io.ringfence.protocol.caller;

import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a request is known by, for the audit trail and the logs. Texts are empty where there are
/// none, and at most 256 characters long.
///
/// @param requestId the id the gateway gave it
/// @param externalId `X-External-Tracking-ID`: the client's ticket or job
/// @param externalType `X-External-Tracking-Type`
/// @param idempotencyKey `Idempotency-Key`
public record Tracking(
        String requestId, String externalId, String externalType, String idempotencyKey) {
    public static final Tracking NONE = new Tracking("", "", "", "");

    private static final int LONGEST = 256;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{0,128}");
    private static final Pattern ACCEPTED_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /// @throws io.ringfence.protocol.error.ApiException 400 if the idempotency key cannot be one
    static Tracking of(HttpServerRequest request) {
        return new Tracking(
                requestId(request).orElse(""),
                text(request, Header.EXTERNAL_TRACKING_ID),
                text(request, Header.EXTERNAL_TRACKING_TYPE),
                idempotencyKey(request));
    }

    /// The request's id, if it has one that is fit to be repeated.
    public static Optional<String> requestId(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(Header.REQUEST_ID))
                .filter(id -> ACCEPTED_ID.matcher(id).matches());
    }

    private static String idempotencyKey(HttpServerRequest request) {
        String key =
                Optional.ofNullable(request.getHeader(Header.IDEMPOTENCY_KEY)).orElse("").strip();
        if (!KEY.matcher(key).matches()) {
            throw Fault.badRequest(
                            "An Idempotency-Key has at most 128 characters, and no spaces in it")
                    .asException();
        }
        return key;
    }

    private static String text(HttpServerRequest request, String header) {
        String text = Optional.ofNullable(request.getHeader(header)).orElse("");
        return text.substring(0, Math.min(LONGEST, text.length()));
    }
}
