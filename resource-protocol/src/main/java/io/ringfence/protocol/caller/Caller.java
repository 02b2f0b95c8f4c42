package io.ringfence.protocol.caller;

import io.ringfence.protocol.query.Scope;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.assertion.Assertion;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Who asks, and in which namespace: what the gateway asserted about this request.
///
/// @param namespace the request's target namespace (`X-Namespace`), for which the gateway
///   authorized the caller
/// @param tags the token's claims as `@auth:key=value`
/// @param tokenId the token's id, for quotas; empty for a caller known by certificate only
/// @param permissions what the caller holds in this namespace: `identity,verb` pairs, `*` for all,
///   verbs as in the role table (get, post, put, delete); or the role of an administrator
/// @param elsewhere where the request hands something over to another namespace: the namespaces in
///   and below which the caller may create it
/// @param clientCertificateFingerprint SHA-256 in hexadecimal of the certificate the caller proved
///   to hold; empty: none
/// @param tracking what the request is known by
public record Caller(
        String subject,
        String realm,
        String namespace,
        List<String> tags,
        String tokenId,
        int quota,
        Set<String> permissions,
        List<String> elsewhere,
        String clientCertificateFingerprint,
        Tracking tracking) {
    private static final String ADMINISTRATOR = "@auth:role=namespace.administrator";
    private static final String CERTIFICATE_REALM = "@auth:realm=certificate";
    private static final String ENFORCER_ID = "@auth:enforcerid=";

    public Caller {
        tags = List.copyOf(tags);
        permissions = Set.copyOf(permissions);
        elsewhere = List.copyOf(elsewhere);
    }

    /// A caller whose request is known by nothing.
    public Caller(
            String subject,
            String realm,
            String namespace,
            List<String> tags,
            String tokenId,
            int quota,
            Set<String> permissions,
            String clientCertificateFingerprint) {
        this(
                subject,
                realm,
                namespace,
                tags,
                tokenId,
                quota,
                permissions,
                List.of(),
                clientCertificateFingerprint,
                Tracking.NONE);
    }

    static Caller of(Assertion assertion, Tracking tracking) {
        AssertedCaller caller = assertion.caller();
        return new Caller(
                caller.subject(),
                caller.realm(),
                assertion.namespace(),
                caller.tags(),
                caller.tokenId(),
                caller.quota(),
                Set.copyOf(assertion.permissions()),
                assertion.elsewhere(),
                Objects.requireNonNullElse(assertion.clientCertificateFingerprint(), ""),
                tracking);
    }

    /// The enforcer's id if the caller proved to be one by its certificate.
    public Optional<String> enforcerId() {
        if (!tags.contains(CERTIFICATE_REALM)) {
            return Optional.empty();
        }
        return tags.stream()
                .filter(tag -> tag.startsWith(ENFORCER_ID))
                .map(tag -> tag.substring(ENFORCER_ID.length()))
                .findFirst();
    }

    /// Whether the caller may hand an object of this identity over to a namespace. Rights reach
    /// down the tree, so what is held in the request's own namespace counts below it.
    public boolean mayCreateIn(String target, String identity) {
        return (covers(namespace, target) && may("post", identity))
                || elsewhere.stream().anyMatch(root -> covers(root, target));
    }

    private static boolean covers(String root, String target) {
        return target.equals(root) || Scope.isBelow(target, root);
    }

    /// For compound calls, which authorize every object they contain.
    public boolean may(String verb, String identity) {
        return permissions.contains(ADMINISTRATOR)
                || permissions.contains("*,*")
                || permissions.contains("*," + verb)
                || permissions.contains(identity + ",*")
                || permissions.contains(identity + "," + verb);
    }
}
