package io.ringfence.bench.load;

import java.util.Map;

/// What to send, over and over.
///
/// @param body with `%d` where each request needs a number of its own; empty: none
/// @param connections requests under way at a time, each on a connection that stays open
/// @param certificate PEM, for TLS with a client certificate; empty: none
public record Load(
        String method,
        String url,
        Map<String, String> headers,
        String body,
        int connections,
        int milliseconds,
        String certificate,
        String key) {

    public static Load get(String url, Map<String, String> headers) {
        return new Load("GET", url, headers, "", 16, 5_000, "", "");
    }

    public static Load post(String url, Map<String, String> headers, String body) {
        return new Load("POST", url, headers, body, 16, 5_000, "", "");
    }

    public Load lasting(int howLongMilliseconds) {
        return new Load(
                method, url, headers, body, connections, howLongMilliseconds, certificate, key);
    }

    public Load certified(String pemCertificate, String pemKey) {
        return new Load(
                method, url, headers, body, connections, milliseconds, pemCertificate, pemKey);
    }
}
