package io.ringfence.flowingest.verify;

/// Which namespace is below which.
final class Namespaces {
    private Namespaces() {}

    /// `/acme` covers `/acme` and `/acme/shop`, but not `/acmeshop`; `/` covers all.
    static boolean covers(String above, String below) {
        if (above.equals("/")) {
            return below.startsWith("/");
        }
        return below.startsWith(above)
                && (below.length() == above.length() || below.charAt(above.length()) == '/');
    }
}
