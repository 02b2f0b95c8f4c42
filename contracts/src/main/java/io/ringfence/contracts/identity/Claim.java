package io.ringfence.contracts.identity;

/// Names inside tokens. Source: `/issue` of the 5.0 API, and what the parts of the console promise
/// each other.
public final class Claim {
    /// Issuer of every token of this console.
    public static final String ISSUER = "https://ringfence";

    /// Audience of a token for the API.
    public static final String API_AUDIENCE = "https://api.ringfence";

    /// Audience of an enforcer's token for Kafka's enforcer listener.
    public static final String KAFKA_AUDIENCE = "https://kafka.ringfence";

    /// The realm that issued the token, lower case: `certificate`, `vince`, `aporetoidentitytoken`.
    public static final String REALM = "realm";

    /// Map of text to text; each entry is the tag `@auth:<key>=<value>`.
    public static final String DATA = "data";

    /// Object with `namespace` (text), `perms` and `networks` (lists of text): what the token may
    /// be used for at most.
    public static final String RESTRICTIONS = "restrictions";

    /// How often the token may be used; absent or 0: any number of times.
    public static final String QUOTA = "quota";

    /// Map of text to text that means nothing to the console.
    public static final String OPAQUE = "opaque";

    /// List of text: the ids of the tokens that this one was made from, the first one first;
    /// absent: it was made from none. It ends with each of them.
    public static final String ANCESTORS = "ancestors";

    /// In an assertion: the method, path, namespace and token id it is bound to.
    public static final String METHOD = "method";

    public static final String PATH = "path";
    public static final String NAMESPACE = "ns";

    /// Fingerprint (SHA-256, hex) of the client certificate of the connection, and its subject,
    /// when there was one.
    public static final String CLIENT_CERTIFICATE = "cert";

    private Claim() {}
}
