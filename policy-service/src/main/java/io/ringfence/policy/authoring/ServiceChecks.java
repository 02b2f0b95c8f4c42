package io.ringfence.policy.authoring;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.protocol.declaration.AttributeCheck;
import io.ringfence.protocol.declaration.TagChecks;
import java.util.Set;

/// Rules for services and what they offer (`reference/api.md` §3.8).
public final class ServiceChecks {
    private static final Set<String> METHOD_NAMES =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

    public static final AttributeCheck ADDRESSES = TagChecks.each(Prefix::parse);

    public static final AttributeCheck HOSTS = TagChecks.each(ServiceChecks::host);

    public static final AttributeCheck CERTIFICATE =
            value -> TagChecks.problem(() -> CertificateText.parse(value.textValue()));

    public static final AttributeCheck METHODS = TagChecks.each(ServiceChecks::method);

    public static final AttributeCheck PATH =
            value -> TagChecks.problem(() -> path(value.textValue()));

    private ServiceChecks() {}

    private static NetworkEntry host(String text) {
        NetworkEntry entry = NetworkEntry.parse(text);
        if (!(entry instanceof NetworkEntry.Domain)) {
            throw new IllegalArgumentException(
                    "Host '%s' must be a name; addresses go into IPs".formatted(text));
        }
        return entry;
    }

    private static String method(String text) {
        if (!METHOD_NAMES.contains(text)) {
            throw new IllegalArgumentException(
                    "'%s' is no HTTP method: write GET, POST …".formatted(text));
        }
        return text;
    }

    private static String path(String text) {
        if (!text.startsWith("/") || text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "'%s' must be a path: it starts with / and has no spaces".formatted(text));
        }
        return text;
    }
}
