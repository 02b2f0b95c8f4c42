package io.ringfence.contracts.network;

import java.util.Locale;
import java.util.regex.Pattern;

/// One entry of an external network: a CIDR or address, `!CIDR` that is cut out of it, or a DNS
/// name. Source: api.md §0.
public sealed interface NetworkEntry {
    /// Addresses that belong to the network.
    record Included(Prefix prefix) implements NetworkEntry {
        @Override
        public String toString() {
            return prefix.toString();
        }
    }

    /// Addresses that do not, whatever else is listed.
    record Excluded(Prefix prefix) implements NetworkEntry {
        @Override
        public String toString() {
            return "!" + prefix;
        }
    }

    /// A DNS name in lower case without trailing dot; with `wildcard` every name below it.
    record Domain(String name, boolean wildcard) implements NetworkEntry {
        /// @param other a name in the same form
        public boolean contains(String other) {
            return wildcard ? other.endsWith("." + name) : other.equals(name);
        }

        @Override
        public String toString() {
            return wildcard ? "*." + name : name;
        }
    }

    Pattern DNS_NAME =
            Pattern.compile("[a-z0-9_][a-z0-9_-]{0,62}(\\.[a-z0-9_][a-z0-9_-]{0,62})*\\.?");
    Pattern ADDRESS_LIKE = Pattern.compile("(.*[:/].*)|([0-9.]+)");

    static NetworkEntry parse(String text) {
        String entry = text.strip();
        if (entry.startsWith("!")) {
            return new Excluded(excluded(entry));
        }
        if (ADDRESS_LIKE.matcher(entry).matches()) {
            return new Included(Prefix.parse(entry));
        }
        return domain(entry);
    }

    private static Prefix excluded(String entry) {
        String rest = entry.substring(1);
        if (!ADDRESS_LIKE.matcher(rest).matches()) {
            throw new IllegalArgumentException(
                    "Entry '%s' must have an IP address or CIDR after the !: names cannot be excluded"
                            .formatted(entry));
        }
        return Prefix.parse(rest);
    }

    private static Domain domain(String entry) {
        boolean wildcard = entry.startsWith("*.");
        String name = (wildcard ? entry.substring(2) : entry).toLowerCase(Locale.ROOT);
        if (!DNS_NAME.matcher(name).matches() || name.length() > 254) {
            throw new IllegalArgumentException(
                    "Entry '%s' must be a CIDR, an IP address, !CIDR, or a DNS name with at most one leading '*.'"
                            .formatted(entry));
        }
        return new Domain(
                name.endsWith(".") ? name.substring(0, name.length() - 1) : name, wildcard);
    }
}
