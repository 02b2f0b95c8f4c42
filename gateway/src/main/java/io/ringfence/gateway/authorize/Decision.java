package io.ringfence.gateway.authorize;

import java.util.List;

/// The answer to a [Question].
public sealed interface Decision {
    /// @param permissions everything the caller may do in the namespace, as `identity,verb` lines
    record Allowed(List<String> permissions) implements Decision {}

    /// @param reason a sentence for the caller; names nothing the caller does not know
    record Denied(String reason) implements Decision {}

    /// Whom the token or certificate was given to is nobody any more.
    ///
    /// @param reason a sentence for the caller
    record Revoked(String reason) implements Decision {}

    record NamespaceUnknown(String namespace) implements Decision {}
}
