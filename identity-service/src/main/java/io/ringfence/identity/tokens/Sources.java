package io.ringfence.identity.tokens;

import io.ringfence.identity.certificates.ClientCertificates;
import io.ringfence.identity.credentials.Credentials;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.ProcessSubject;
import io.ringfence.trust.token.TokenCheck;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenVerifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.cert.X509Certificate;

/// Finds out who asks for a token, realm by realm.
@Singleton
final class Sources {
    private final ClientCertificates certificates;
    private final Transactions transactions;
    private final TokenVerifier verifier;

    Sources(ClientCertificates certificates, Transactions transactions, TokenVerifier verifier) {
        this.certificates = certificates;
        this.transactions = transactions;
        this.verifier = verifier;
    }

    /// Fails with 401 if it cannot be found out.
    Uni<Source> of(TokenRequest request, HttpHeaders headers, Caller caller) {
        return switch (request.realm()) {
            case CERTIFICATE ->
                    ofCertificate(
                            certificates
                                    .presented(headers, caller)
                                    .orElseThrow(() ->
                                            Fault.unauthorized(
                                                            "Realm Certificate needs a client certificate: use the TLS port, and show one")
                                                    .asException()));
            case APORETO_IDENTITY_TOKEN -> Uni.createFrom().item(ofToken(request.sourceToken()));
            case VINCE,
                    AWS_SECURITY_TOKEN,
                    GCP_IDENTITY_TOKEN,
                    AZURE_IDENTITY_TOKEN,
                    OIDC,
                    SAML,
                    LDAP,
                    GOOGLE,
                    PC_IDENTITY_TOKEN ->
                    throw new IllegalStateException("realm is not served: " + request.realm());
        };
    }

    private Uni<Source> ofCertificate(X509Certificate certificate) {
        CertificateSubject subject =
                CertificateSubject.of(certificate)
                        .orElseThrow(() ->
                                Fault.unauthorized(
                                                "The client certificate names nobody who may log in")
                                        .asException());
        return switch (subject) {
            case EnforcerSubject enforcer ->
                    Uni.createFrom().item(Source.of(enforcer, certificate));
            case AppCredentialSubject credential -> ofCredential(credential, certificate);
            case ProcessSubject _ ->
                    throw Fault.unauthorized("A process of the console gets no token")
                            .asException();
        };
    }

    private Uni<Source> ofCredential(AppCredentialSubject credential, X509Certificate certificate) {
        return transactions
                .run(transaction -> Credentials.mayLogIn(credential, transaction))
                .map(mayLogIn -> {
                    if (!mayLogIn) {
                        throw Fault.unauthorized(
                                        "The app credential is not registered, or is disabled")
                                .asException();
                    }
                    return Source.of(credential, certificate);
                });
    }

    private Source ofToken(String token) {
        if (token.isEmpty()) {
            throw Fault.invalid(
                            "metadata",
                            "Realm AporetoIdentityToken needs the token to start from in metadata.token")
                    .asException();
        }
        return switch (verifier.verify(token)) {
            case TokenCheck.Valid(TokenClaims claims) when claims.quota() > 0 ->
                    throw Fault.forbidden("A token with a quota cannot be made into others")
                            .asException();
            case TokenCheck.Valid(TokenClaims claims) -> Source.of(claims);
            case TokenCheck.Invalid(String reason) ->
                    throw Fault.unauthorized("metadata.token is refused: " + reason).asException();
        };
    }
}
