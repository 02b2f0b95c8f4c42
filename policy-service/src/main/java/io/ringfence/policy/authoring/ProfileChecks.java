package io.ringfence.policy.authoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.contracts.network.NetworkEntries;
import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.protocol.declaration.AttributeCheck;
import io.ringfence.protocol.declaration.TagChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules for what an enforcer profile holds (`reference/api.md` §0).
public final class ProfileChecks {
    private static final List<Prefix> MULTICAST =
            List.of(Prefix.parse("224.0.0.0/4"), Prefix.parse("ff00::/8"));

    /// Like the entries of an external network, without names.
    public static final AttributeCheck NETWORKS = value -> TagChecks.problem(() -> networks(value));

    /// Multicast is nobody's UDP peer: a network that holds it must exclude it.
    public static final AttributeCheck NO_MULTICAST = ProfileChecks::multicast;

    public static final AttributeCheck CERTIFICATES = TagChecks.each(CertificateText::parse);

    private ProfileChecks() {}

    private static NetworkEntries networks(JsonNode value) {
        NetworkEntries entries = entries(value);
        for (NetworkEntry entry : entries.entries()) {
            if (entry instanceof NetworkEntry.Domain) {
                throw new IllegalArgumentException(
                        "Entry '%s' must be a CIDR, an IP address or !CIDR: names are possible in external networks only"
                                .formatted(entry));
            }
        }
        return entries;
    }

    private static NetworkEntries entries(JsonNode value) {
        return NetworkEntries.parse(value.valueStream().map(JsonNode::textValue).toList());
    }

    private static Optional<String> multicast(JsonNode value) {
        List<Prefix> included = new ArrayList<>();
        List<Prefix> excluded = new ArrayList<>();
        for (NetworkEntry entry : entries(value).entries()) {
            switch (entry) {
                case NetworkEntry.Included(Prefix prefix) -> included.add(prefix);
                case NetworkEntry.Excluded(Prefix prefix) -> excluded.add(prefix);
                case NetworkEntry.Domain _ -> {}
            }
        }
        for (Prefix multicast : MULTICAST) {
            for (Prefix prefix : included) {
                Optional<Prefix> both = common(prefix, multicast);
                if (both.isPresent()
                        && excluded.stream().noneMatch(hole -> hole.contains(both.get()))) {
                    return Optional.of(
                            "has '%s' with multicast addresses in it; add '!%s'"
                                    .formatted(prefix, both.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// Of two prefixes one contains the other, or they have nothing in common.
    private static Optional<Prefix> common(Prefix one, Prefix other) {
        if (one.contains(other)) {
            return Optional.of(other);
        }
        return other.contains(one) ? Optional.of(one) : Optional.empty();
    }
}
