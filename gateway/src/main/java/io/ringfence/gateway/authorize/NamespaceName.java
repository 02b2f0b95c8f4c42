package io.ringfence.gateway.authorize;

/// Absolute names of namespaces: `/`, `/acme`, `/acme/shop`.
public final class NamespaceName {
    public static final String ROOT = "/";

    private static final int MAX_CHARACTERS = 1024;

    private NamespaceName() {}

    /// Says nothing about whether it exists.
    public static boolean isWellFormed(String name) {
        if (name.equals(ROOT)) {
            return true;
        }
        return name.length() <= MAX_CHARACTERS
                && name.startsWith("/")
                && !name.endsWith("/")
                && !name.contains("//")
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /// `/acme` of `/acme/shop`; the root is its own parent.
    public static String parent(String name) {
        return name.substring(0, Math.max(1, name.lastIndexOf('/')));
    }

    /// Whether `inner` is `outer` or lies below it.
    public static boolean covers(String outer, String inner) {
        return outer.equals(ROOT) || inner.equals(outer) || inner.startsWith(outer + "/");
    }
}
