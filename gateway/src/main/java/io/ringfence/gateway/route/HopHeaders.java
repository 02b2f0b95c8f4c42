package io.ringfence.gateway.route;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which headers go through the door. What belongs to one connection stays on it (RFC 9110 §7.6.1),
/// and only the gateway itself speaks `X-Ringfence-*`. Names with an underscore are dropped: to
/// some readers `X_Namespace` is `X-Namespace`.
final class HopHeaders {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings",
                    "expect");

    /// Services learn these from the gateway or not at all.
    private static final Set<String> OF_THE_EDGE =
            Set.of(
                    "host",
                    "content-length",
                    "authorization",
                    "cookie",
                    "forwarded",
                    "x-real-ip",
                    "x-namespace",
                    "x-request-id");

    private HopHeaders() {}

    static void copyRequest(MultiMap from, MultiMap to) {
        copy(from, to, OF_THE_EDGE);
    }

    static void copyResponse(MultiMap from, MultiMap to) {
        copy(from, to, Set.of("x-request-id"));
    }

    private static void copy(MultiMap from, MultiMap to, Set<String> kept) {
        Set<String> named = namedByConnection(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean stays =
                    OF_THE_CONNECTION.contains(name)
                            || kept.contains(name)
                            || named.contains(name)
                            || name.startsWith(":")
                            || name.indexOf('_') >= 0
                            || isOurs(name);
            if (!stays) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.startsWith("x-ringfence-") || name.startsWith("x-forwarded-");
    }

    private static Set<String> namedByConnection(MultiMap headers) {
        List<String> values = headers.getAll(HttpHeaders.CONNECTION);
        if (values.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String value : values) {
            for (String name : value.split(",")) {
                named.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return named;
    }
}
