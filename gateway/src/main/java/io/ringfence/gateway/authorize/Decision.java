package io.ringfence.gateway.authorize;

import java.util.List;

/// The answer to a [Question].
public sealed interface Decision {
    /// @param permissions everything the caller may do in the namespace, as `identity,verb` lines
    /// @param elsewhere for what is handed over to other namespaces ([Question#handsOver]): the
    ///   namespaces in and below which the caller may create it
    record Allowed(List<String> permissions, List<String> elsewhere) implements Decision {
        public Allowed(List<String> permissions) {
            this(permissions, List.of());
        }
    }

    /// @param reason a sentence for the caller; names nothing the caller does not know
    record Denied(String reason) implements Decision {}

    /// Whom the token or certificate was given to is nobody any more.
    ///
    /// @param reason a sentence for the caller
    record Revoked(String reason) implements Decision {}

    record NamespaceUnknown(String namespace) implements Decision {}
}
