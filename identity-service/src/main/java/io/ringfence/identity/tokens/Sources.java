package io.ringfence.identity.tokens;

import io.ringfence.contracts.identity.Header;
import io.ringfence.identity.accounts.Accounts;
import io.ringfence.identity.certificates.ClientCertificates;
import io.ringfence.identity.credentials.Credentials;
import io.ringfence.identity.enforcers.EnforcerRegister;
import io.ringfence.identity.keys.TokenKeys;
import io.ringfence.identity.logout.LoggedOutTokens;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.ProcessSubject;
import io.ringfence.trust.token.TokenCheck;
import io.ringfence.trust.token.TokenClaims;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Finds out who asks for a token, realm by realm.
@Singleton
final class Sources {
    private final ClientCertificates certificates;
    private final Transactions transactions;
    private final PresentedTokens presented;
    private final Accounts accounts;
    private final LoggedOutTokens loggedOut;
    private final Duration longestToken;
    private final Clock clock = Clock.systemUTC();

    Sources(
            ClientCertificates certificates,
            Transactions transactions,
            PresentedTokens presented,
            Accounts accounts,
            LoggedOutTokens loggedOut,
            TokenKeys keys) {
        this.certificates = certificates;
        this.transactions = transactions;
        this.presented = presented;
        this.accounts = accounts;
        this.loggedOut = loggedOut;
        this.longestToken = keys.longestToken();
    }

    /// Fails with 401 if it cannot be found out.
    Uni<Source> of(TokenRequest request, HttpHeaders headers, Caller caller) {
        return switch (request.evidence()) {
            case Evidence.Certificate _ ->
                    ofCertificate(
                            certificates
                                    .presented(headers, caller)
                                    .orElseThrow(() ->
                                            Fault.unauthorized(
                                                            "Realm Certificate needs a client certificate: use the TLS port, and show one")
                                                    .asException()));
            case Evidence.Token(String jwt) -> ofToken(jwt);
            case Evidence.Account(String name, String password) ->
                    accounts.logIn(
                                    name,
                                    password,
                                    Optional.ofNullable(
                                                    headers.getHeaderString(Header.REMOTE_ADDRESS))
                                            .orElse(""))
                            .map(_ -> Source.ofAccount(name, clock.instant().plus(longestToken)));
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
            case EnforcerSubject enforcer -> ofEnforcer(enforcer, certificate);
            case AppCredentialSubject credential -> ofCredential(credential, certificate);
            case ProcessSubject _ ->
                    throw Fault.unauthorized("A process of the console gets no token")
                            .asException();
        };
    }

    private Uni<Source> ofEnforcer(EnforcerSubject enforcer, X509Certificate certificate) {
        return transactions
                .read(transaction -> EnforcerRegister.isGood(enforcer.id(), transaction))
                .map(good -> {
                    if (!good) {
                        throw Fault.unauthorized(
                                        "This enforcer was revoked, or went with its namespace")
                                .asException();
                    }
                    return Source.of(enforcer, certificate);
                });
    }

    private Uni<Source> ofCredential(AppCredentialSubject credential, X509Certificate certificate) {
        return transactions
                .read(transaction ->
                        Credentials.logIn(credential, certificate, clock.instant(), transaction))
                .map(login ->
                        Source.of(
                                credential,
                                certificate,
                                login.orElseThrow(() ->
                                        Fault.unauthorized(
                                                        "The app credential is not registered, is disabled, or has another certificate by now")
                                                .asException())));
    }

    private Uni<Source> ofToken(String token) {
        return switch (presented.verify(token)) {
            case TokenCheck.Valid(TokenClaims claims) when claims.quota() > 0 ->
                    throw Fault.forbidden("A token with a quota cannot be made into others")
                            .asException();
            case TokenCheck.Valid(TokenClaims claims) ->
                    loggedOut.refuse(claims, "metadata.token").chain(() -> ofHolder(claims));
            case TokenCheck.Invalid(String reason) ->
                    throw Fault.unauthorized("metadata.token is refused: " + reason).asException();
        };
    }

    /// A token is worth no more than what it was made from is worth now.
    private Uni<Source> ofHolder(TokenClaims claims) {
        return transactions
                .read(transaction -> holderMayLogIn(claims, transaction))
                .map(mayLogIn -> {
                    if (!mayLogIn) {
                        throw Fault.unauthorized(
                                        "metadata.token is refused: its holder may not log in any more")
                                .asException();
                    }
                    return Source.of(claims);
                });
    }

    private static Uni<Boolean> holderMayLogIn(TokenClaims claims, Transaction transaction) {
        if (claims.realm().equals(Source.VINCE_REALM)) {
            return Accounts.isActive(claims.subject(), transaction);
        }
        if (!claims.realm().equals(Source.CERTIFICATE_REALM)) {
            return Uni.createFrom().item(false);
        }
        String organization = claims.data().getOrDefault("organization", "");
        return CertificateSubject.named(claims.subject(), organization)
                .map(subject ->
                        switch (subject) {
                            case AppCredentialSubject credential ->
                                    Credentials.isEnabled(credential, transaction);
                            case EnforcerSubject enforcer ->
                                    EnforcerRegister.isGood(enforcer.id(), transaction);
                            case ProcessSubject _ -> Uni.createFrom().item(false);
                        })
                .orElseGet(() -> Uni.createFrom().item(false));
    }
}
