package io.ringfence.identity.enforcers;

import static io.ringfence.identity.enforcers.EnforcerCertificateResource.DECLARATION;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.certificate.Pem;
import io.smallrye.mutiny.Uni;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/// Which enforcers have certificates, and which are not to be believed any more although their
/// certificate has not expired. A revoked enforcer stays revoked: its machine registers again with
/// a fresh token, and is another enforcer then.
public final class EnforcerRegister {
    private EnforcerRegister() {}

    /// Whether the enforcer's certificate may still be used: it is in the register and was not
    /// revoked. What is not in the register went with its namespace, or never was.
    public static Uni<Boolean> isGood(String enforcerId, Transaction transaction) {
        return transaction
                .find(DECLARATION, enforcerId)
                .map(found -> found.filter(stored -> !isRevoked(stored)).isPresent());
    }

    private static boolean isRevoked(ObjectNode stored) {
        return stored.path(EnforcerCertificateResource.REVOKED).asBoolean();
    }

    /// Fails with 403 if an enforcer that renews its certificate may not.
    static Uni<Void> refuseRevoked(EnforcerSubject enforcer, Transaction transaction) {
        return isGood(enforcer.id(), transaction)
                .invoke(good -> {
                    if (!good) {
                        throw revoked().asException();
                    }
                })
                .replaceWithVoid();
    }

    private static Fault revoked() {
        return Fault.forbidden(
                "This enforcer was revoked, or went with its namespace: register the machine again with a new one-use token");
    }

    /// Notes a certificate before it is given out. Fails with 403 if the enforcer was revoked
    /// meanwhile.
    static Uni<ObjectNode> enter(
            EnforcerSubject enforcer,
            EnrolmentRequest request,
            X509Certificate certificate,
            Transaction transaction) {
        return transaction
                .lock(DECLARATION, enforcer.id())
                .chain(found -> {
                    if (found.filter(EnforcerRegister::isRevoked).isPresent()) {
                        throw revoked().asException();
                    }
                    ObjectNode entry = entry(found, enforcer, request);
                    entry.put("name", request.fqdn())
                            .put(EnforcerCertificateResource.FQDN, request.fqdn())
                            .put("certificate", Pem.of(certificate))
                            .put(
                                    EnforcerCertificateResource.FINGERPRINT,
                                    Fingerprint.of(certificate))
                            .put(
                                    EnforcerCertificateResource.EXPIRATION,
                                    Times.text(certificate.getNotAfter().toInstant()));
                    return found.isPresent()
                            ? transaction.update(DECLARATION, entry)
                            : transaction.insert(DECLARATION, entry);
                });
    }

    /// What is stored, or what will be; the request itself is not kept.
    private static ObjectNode entry(
            Optional<ObjectNode> found, EnforcerSubject enforcer, EnrolmentRequest request) {
        return found.orElseGet(() ->
                ObjectCheck.forCreate(
                                DECLARATION,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put(EnforcerCertificateResource.FQDN, request.fqdn())
                                        .put(
                                                EnforcerCertificateResource.REQUEST,
                                                request.certificateRequest()))
                        .put("ID", enforcer.id())
                        .put("namespace", enforcer.namespace())
                        .put(EnforcerCertificateResource.REQUEST, ""));
    }

    /// Revokes a certificate that has not expired, so that everybody hears of it; takes away the
    /// entry of one that has, which is good for nothing any more.
    ///
    /// @param namespace the enforcer's; in any other it behaves as not found
    static Uni<ObjectNode> revoke(
            String enforcerId, String namespace, Instant now, Transaction transaction) {
        return transaction
                .lock(DECLARATION, enforcerId)
                .chain(found -> {
                    ObjectNode entry =
                            found.filter(each -> each.path("namespace").asText().equals(namespace))
                                    .orElseThrow(() ->
                                            Fault.notFound(
                                                            "There is no certificate of such an enforcer in this namespace")
                                                    .asException());
                    if (hasExpired(entry, now)) {
                        return transaction.delete(DECLARATION, entry).replaceWith(entry);
                    }
                    if (isRevoked(entry)) {
                        return Uni.createFrom().item(entry);
                    }
                    entry.put(EnforcerCertificateResource.REVOKED, true)
                            .put(EnforcerCertificateResource.REVOCATION, Times.text(now));
                    return transaction.update(DECLARATION, entry);
                });
    }

    private static boolean hasExpired(ObjectNode entry, Instant now) {
        return Instant.parse(entry.path(EnforcerCertificateResource.EXPIRATION).asText())
                .isBefore(now);
    }
}
