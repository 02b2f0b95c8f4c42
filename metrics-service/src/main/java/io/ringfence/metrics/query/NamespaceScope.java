package io.ringfence.metrics.query;

import java.util.regex.Pattern;

/// A part of the namespace tree.
///
/// @param recursive the namespaces below it as well
public record NamespaceScope(String namespace, boolean recursive) {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

    public static NamespaceScope under(String namespace) {
        return new NamespaceScope(namespace, true);
    }

    /// `/acme` covers `/acme/shop` if recursive, and never `/acmeshop`.
    public boolean covers(String other) {
        if (other.equals(namespace)) {
            return true;
        }
        return recursive && other.startsWith(namespace.equals("/") ? "/" : namespace + "/");
    }

    /// As a condition on the label `namespace`, in a form that matches what [#covers] says and
    /// nothing more. Regular expressions of the store are anchored at both ends.
    public String matcher() {
        if (!recursive) {
            return "namespace=" + QuotedText.write(namespace);
        }
        String regex =
                namespace.equals("/")
                        ? "/.*"
                        : SPECIAL.matcher(namespace).replaceAll("\\\\$0") + "(/.*)?";
        return "namespace=~" + QuotedText.write(regex);
    }
}
