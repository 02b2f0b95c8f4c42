package io.ringfence.gateway.authenticate;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.identity.Header;
import io.ringfence.gateway.authenticate.Authentication.Authenticated;
import io.ringfence.gateway.authenticate.Authentication.Refused;
import io.ringfence.gateway.remember.Remembered;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.RemoteJwks;
import io.ringfence.trust.token.TokenCheck;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Finds out who sent a request. A token that is shown must be good, whatever certificate stands
/// beside it; without a token, an enforcer's certificate is enough.
@Singleton
public class Authenticator {
    private static final int REMEMBERED = 10_000;

    /// How long a withdrawn signing key may go on.
    private static final Duration VERIFIED_FOR = Duration.ofSeconds(10);

    private static final String BEARER = "Bearer ";

    /// Of a TLS session: what its peer has shown.
    private static final String SHOWN = Authenticator.class.getName();

    private final Vertx vertx;
    private final Clock clock = Clock.systemUTC();
    private final TokenVerifier verifier;
    private final Remembered<String, Authenticated> verified = new Remembered<>(REMEMBERED, clock);
    private final Remembered<X509Certificate, Optional<ClientCertificate>> certificates =
            new Remembered<>(REMEMBERED, clock);

    Authenticator(AuthenticateConfig config, Vertx vertx) {
        this.vertx = vertx;
        this.verifier =
                new TokenVerifier(new RemoteJwks(config.jwksUrl()), Claim.API_AUDIENCE, clock);
    }

    private record Shown(Optional<X509Certificate> leaf) {}

    public Future<Authentication> authenticate(HttpServerRequest request) {
        List<String> authorizations = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (authorizations.size() > 1) {
            return refuse("Send one Authorization header, not several.");
        }
        String token =
                authorizations.isEmpty() ? cookie(request) : bearer(authorizations.getFirst());
        if (token != null) {
            return token.isEmpty()
                    ? refuse("Authorization is not of the form Bearer.")
                    : verify(token);
        }
        Optional<Authenticated> enforcer =
                certificate(request).flatMap(ClientCertificate::asEnforcer);
        return enforcer.isPresent()
                ? Future.succeededFuture(enforcer.get())
                : refuse(
                        "Send a token from /issue as Authorization: Bearer, or in the cookie "
                                + Header.TOKEN_COOKIE
                                + ".");
    }

    /// For the few places where a token comes in another way than a header.
    public Future<Authentication> authenticate(String token) {
        return token.isEmpty() ? refuse("The token is empty.") : verify(token);
    }

    /// The certificate of the connection, which TLS verified against the console's authority.
    public Optional<ClientCertificate> certificate(HttpServerRequest request) {
        SSLSession session = request.isSSL() ? request.connection().sslSession() : null;
        return session == null ? Optional.empty() : leaf(session).flatMap(this::recognize);
    }

    /// A session without a certificate says so by an exception, which costs more than all the rest
    /// of finding out who asks: so it is asked once.
    private static Optional<X509Certificate> leaf(SSLSession session) {
        if (session.getValue(SHOWN) instanceof Shown(Optional<X509Certificate> known)) {
            return known;
        }
        Optional<X509Certificate> leaf;
        try {
            leaf = Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            leaf = Optional.empty();
        }
        session.putValue(SHOWN, new Shown(leaf));
        return leaf;
    }

    private Optional<ClientCertificate> recognize(X509Certificate leaf) {
        Instant now = clock.instant();
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            return Optional.empty();
        }
        Optional<Optional<ClientCertificate>> known = certificates.get(leaf);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<ClientCertificate> certificate = ClientCertificate.of(leaf);
        certificates.put(leaf, certificate, leaf.getNotAfter().toInstant());
        return certificate;
    }

    private Future<Authentication> verify(String token) {
        Optional<Authenticated> known = verified.get(token);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        return vertx.executeBlocking(() -> verifier.verify(token), false)
                .map(check ->
                        switch (check) {
                            case TokenCheck.Valid(TokenClaims claims) -> {
                                Authenticated caller = authenticated(claims);
                                verified.put(token, caller, until(claims));
                                yield caller;
                            }
                            case TokenCheck.Invalid(String reason) -> new Refused(sentence(reason));
                        });
    }

    private Instant until(TokenClaims claims) {
        Instant soon = clock.instant().plus(VERIFIED_FOR);
        return soon.isBefore(claims.expiresAt()) ? soon : claims.expiresAt();
    }

    private static Authenticated authenticated(TokenClaims claims) {
        return new Authenticated(AssertedCaller.of(claims), claims.expiresAt());
    }

    private static @Nullable String cookie(HttpServerRequest request) {
        Cookie cookie = request.getCookie(Header.TOKEN_COOKIE);
        return cookie == null ? null : cookie.getValue();
    }

    private static String bearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : "";
    }

    private static Future<Authentication> refuse(String reason) {
        return Future.succeededFuture(new Refused(reason));
    }

    private static String sentence(String reason) {
        return Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
    }
}
