package io.ringfence.trust.assertion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// This caller may do this.
///
/// @param method upper case
/// @param path as the service receives it, without the query
/// @param namespace the request's `X-Namespace`
/// @param clientCertificateFingerprint SHA-256, hexadecimal, of the certificate the client proved
///   to hold; null when it showed none
/// @param permissions what the caller holds in the namespace: roles, or `identity,verb`
/// @param elsewhere where the request is about something that is handed over to another namespace:
///   the namespaces in and below which the caller may create such a thing; empty for all others
public record Assertion(
        String method,
        String path,
        String namespace,
        AssertedCaller caller,
        @Nullable String clientCertificateFingerprint,
        List<String> permissions,
        List<String> elsewhere) {

    public Assertion {
        permissions = List.copyOf(permissions);
        elsewhere = List.copyOf(elsewhere);
    }

    /// About something that stays where it is.
    public Assertion(
            String method,
            String path,
            String namespace,
            AssertedCaller caller,
            @Nullable String clientCertificateFingerprint,
            List<String> permissions) {
        this(method, path, namespace, caller, clientCertificateFingerprint, permissions, List.of());
    }

    public boolean covers(String otherMethod, String otherPath, String otherNamespace) {
        return method.equals(otherMethod)
                && path.equals(otherPath)
                && namespace.equals(otherNamespace);
    }
}
