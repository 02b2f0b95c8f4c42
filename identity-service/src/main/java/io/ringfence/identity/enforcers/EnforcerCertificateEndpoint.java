package io.ringfence.identity.enforcers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.certificates.ClientCertificates;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.identity.namespaces.Existence;
import io.ringfence.identity.quota.TokenUses;
import io.ringfence.identity.wire.Wire;
import io.ringfence.protocol.behaviour.Signature;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.ReadQuery;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.certificate.Pem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;

/// `POST /enforcercertificates`, which issues or renews, and `DELETE`, which revokes. The token's
/// only use is taken last, so that a request that is refused for anything else does not cost it.
@Path("/")
@Consumes(MediaType.WILDCARD)
public final class EnforcerCertificateEndpoint {
    private static final Logger LOG = Logger.getLogger(EnforcerCertificateEndpoint.class);
    private static final Duration VALIDITY = Duration.ofHours(24);

    private final CertificateAuthority authority;
    private final ClientCertificates certificates;
    private final Transactions transactions;
    private final TokenUses uses;
    private final CurrentCaller current;
    private final String consoleId;
    private final Clock clock = Clock.systemUTC();

    EnforcerCertificateEndpoint(
            CertificateAuthority authority,
            ClientCertificates certificates,
            Transactions transactions,
            TokenUses uses,
            CurrentCaller current,
            @ConfigProperty(name = "ringfence.console-id") String consoleId) {
        this.authority = authority;
        this.certificates = certificates;
        this.transactions = transactions;
        this.uses = uses;
        this.current = current;
        this.consoleId = consoleId;
    }

    @POST
    @Path("enforcercertificates")
    public Uni<Response> issue(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        Wire.refuseParametersOtherThan(uri);
        Caller caller = current.inNamespace();
        EnrolmentRequest request = EnrolmentRequest.read(Wire.object(headers, body));
        EnforcerSubject enforcer =
                Enrolment.decide(caller, certificates.presented(headers, caller));
        X509Certificate certificate = issue(request, enforcer);
        NamespaceName namespace = new NamespaceName(enforcer.namespace());
        return transactions
                .run(transaction ->
                        Existence.held(namespace, transaction)
                                .chain(() ->
                                        caller.enforcerId().isPresent()
                                                ? EnforcerRegister.refuseRevoked(
                                                        enforcer, transaction)
                                                : Uni.createFrom().voidItem()))
                .chain(() -> uses.use(caller))
                .chain(() ->
                        transactions.run(transaction ->
                                EnforcerRegister.enter(
                                        enforcer,
                                        request,
                                        certificate,
                                        transaction.signed(Signature.of(caller)))))
                .invoke(() ->
                        LOG.infof(
                                "Certificate for enforcer %s in %s, host %s",
                                enforcer.id(), enforcer.namespace(), request.fqdn()))
                .map(_ -> Wire.answer(headers, answer(enforcer, certificate)).build());
    }

    /// The enforcer gets no further certificate and no token, and the gateway ends its connections.
    @DELETE
    @Path("enforcercertificates/{id}")
    public Uni<Response> revoke(
            @RestPath String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        ReadQuery.of(uri.getQueryParameters());
        Caller caller = current.inNamespace();
        return transactions
                .run(transaction ->
                        EnforcerRegister.revoke(
                                id,
                                caller.namespace(),
                                clock.instant(),
                                transaction.signed(Signature.of(caller))))
                .invoke(() -> LOG.infof("%s revoked enforcer %s", caller.subject(), id))
                .map(entry -> Wire.answer(headers, entry).build());
    }

    private X509Certificate issue(EnrolmentRequest request, EnforcerSubject enforcer) {
        return switch (authority.issueFromRequest(
                request.certificateRequest(), enforcer, VALIDITY)) {
            case Issuance.Issued(X509Certificate certificate) -> certificate;
            case Issuance.Refused(String reason) ->
                    throw Fault.invalid(
                                    "certificateRequest",
                                    "Attribute 'certificateRequest' is refused: " + reason)
                            .asException();
        };
    }

    private ObjectNode answer(EnforcerSubject enforcer, X509Certificate certificate) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ID", enforcer.id())
                .put("namespace", enforcer.namespace())
                .put("certificate", Pem.of(certificate))
                .put("certificateAuthority", Pem.of(authority.certificate()))
                .put("consoleID", consoleId)
                .put("expirationTime", certificate.getNotAfter().toInstant().toString());
    }
}
