package io.ringfence.identity.enforcers;

import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.certificate.EnforcerSubject;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// Decides which enforcer a caller may get a certificate for (DESIGN §8, §9).
final class Enrolment {
    private Enrolment() {}

    /// An enforcer stays who it is; whoever is none becomes a new one, with a one-use token.
    ///
    /// @param presented the certificate of the caller's connection
    /// @throws ApiException 401 or 403 with what is missing
    static EnforcerSubject decide(Caller caller, Optional<X509Certificate> presented) {
        Optional<String> known = caller.enforcerId();
        if (known.isPresent()) {
            return renewal(known.get(), caller.namespace(), presented);
        }
        boolean mayOnlyEnrol = !caller.may("post", "namespace");
        if (caller.quota() != 1 || caller.tokenId().isEmpty() || !mayOnlyEnrol) {
            throw Fault.forbidden(
                            "An enforcer registers with a token that has quota 1 and restrictedPermissions [\"@auth:role=enforcer\"]")
                    .asException();
        }
        return new EnforcerSubject(ObjectId.fresh(), caller.namespace());
    }

    /// A token alone is not enough: the old key must have been shown.
    private static EnforcerSubject renewal(
            String id, String namespace, Optional<X509Certificate> presented) {
        EnforcerSubject holder =
                presented
                        .flatMap(EnforcerSubject::parse)
                        .orElseThrow(() ->
                                Fault.unauthorized(
                                                "A certificate is renewed on a connection that shows the old one")
                                        .asException());
        if (!holder.equals(new EnforcerSubject(id, namespace))) {
            throw Fault.forbidden(
                            "A certificate is renewed for the same enforcer, in the namespace %s"
                                    .formatted(holder.namespace()))
                    .asException();
        }
        return holder;
    }
}
