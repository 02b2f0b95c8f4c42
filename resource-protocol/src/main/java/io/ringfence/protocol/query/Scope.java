package io.ringfence.protocol.query;

/// Whose objects: those of a namespace, optionally also of all namespaces below it, optionally also
/// those that its ancestors propagate to it.
public record Scope(String namespace, boolean recursive, boolean propagated) {

    public static Scope only(String namespace) {
        return new Scope(namespace, false, false);
    }

    public static Scope under(String namespace) {
        return new Scope(namespace, true, false);
    }

    /// Every object there is.
    public static Scope everywhere() {
        return under("/");
    }
}
