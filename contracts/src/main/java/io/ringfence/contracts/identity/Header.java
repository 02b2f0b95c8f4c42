package io.ringfence.contracts.identity;

/// Headers of the API and between its parts.
public final class Header {
    public static final String NAMESPACE = "X-Namespace";
    public static final String FIELDS = "X-Fields";
    public static final String COUNT_TOTAL = "X-Count-Total";
    public static final String NEXT = "X-Next";
    public static final String MESSAGES = "X-Messages";
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    public static final String EXTERNAL_TRACKING_ID = "X-External-Tracking-ID";
    public static final String EXTERNAL_TRACKING_TYPE = "X-External-Tracking-Type";

    /// The request's id: the client's own if it is fit, else the gateway's. In every answer, error,
    /// log line and audit record.
    public static final String REQUEST_ID = "X-Request-ID";

    /// Gateway to service: who asks for what, sealed by the gateway. Stripped from what comes in
    /// from outside.
    public static final String ASSERTION = "X-Ringfence-Assertion";

    /// Gateway to service: the key that sealed the assertion, signed by the gateway for this
    /// service. A secret. Stripped from what comes in from outside.
    public static final String KEY_TICKET = "X-Ringfence-Key-Ticket";

    /// Gateway to service: the verified client certificate of the caller, URL-encoded PEM. Stripped
    /// from what comes in from outside.
    public static final String CLIENT_CERTIFICATE = "X-Ringfence-Client-Certificate";

    /// Gateway to service: the numeric address that the request came from. Stripped from what comes
    /// in from outside.
    public static final String REMOTE_ADDRESS = "X-Ringfence-Remote-Address";

    /// The cookie that may carry a token instead of the Authorization header.
    public static final String TOKEN_COOKIE = "x-aporeto-token";

    private Header() {}
}
