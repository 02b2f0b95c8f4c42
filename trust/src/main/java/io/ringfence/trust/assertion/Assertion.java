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
public record Assertion(
        String method,
        String path,
        String namespace,
        AssertedCaller caller,
        @Nullable String clientCertificateFingerprint,
        List<String> permissions) {

    public Assertion {
        permissions = List.copyOf(permissions);
    }

    public boolean covers(String otherMethod, String otherPath, String otherNamespace) {
        return method.equals(otherMethod)
                && path.equals(otherPath)
                && namespace.equals(otherNamespace);
    }
}
