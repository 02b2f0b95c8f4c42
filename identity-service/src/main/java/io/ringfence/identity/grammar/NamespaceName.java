package io.ringfence.identity.grammar;

import java.util.regex.Pattern;

/// An absolute namespace name: `/`, `/acme`, `/acme/shop`.
///
/// Clients send the name of a new namespace relative to the namespace they create it in; what is
/// stored and returned is absolute. Source: section 1 of the API reference.
public record NamespaceName(String absolute) {
    private static final Pattern ABSOLUTE = Pattern.compile("/|(/[a-zA-Z0-9_-]+)+");

    public static final NamespaceName ROOT = new NamespaceName("/");
    public static final int MAX_LENGTH = 256;

    public NamespaceName {
        if (absolute.length() > MAX_LENGTH || !ABSOLUTE.matcher(absolute).matches()) {
            throw new IllegalArgumentException(
                    "a namespace is written /a/b: letters, digits, - and _ between slashes, at most "
                            + MAX_LENGTH
                            + " characters");
        }
    }

    /// The name of a child that a client calls `name`: relative (`shop`), or absolute if it is a
    /// direct child of this namespace (`/acme/shop` in `/acme`).
    ///
    /// @throws IllegalArgumentException with a sentence for the client
    public NamespaceName child(String name) {
        NamespaceName child =
                new NamespaceName(
                        name.startsWith("/") ? name : (isRoot() ? "/" : absolute + "/") + name);
        if (child.isRoot() || !child.parent().equals(this)) {
            throw new IllegalArgumentException(
                    "a namespace is created in its parent: set X-Namespace to the parent of "
                            + child.absolute
                            + " (it is "
                            + absolute
                            + " now)");
        }
        return child;
    }

    public boolean isRoot() {
        return absolute.length() == 1;
    }

    /// True for a tenant: a namespace directly below `/`.
    public boolean isTenant() {
        return !isRoot() && absolute.indexOf('/', 1) < 0;
    }

    /// The root is its own parent.
    public NamespaceName parent() {
        int slash = absolute.lastIndexOf('/');
        return slash <= 0 ? ROOT : new NamespaceName(absolute.substring(0, slash));
    }

    /// True if `other` is this namespace or lies below it.
    public boolean covers(NamespaceName other) {
        return isRoot() || equals(other) || other.absolute.startsWith(absolute + "/");
    }
}
