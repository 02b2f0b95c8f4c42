package io.ringfence.identity.tokens;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.identity.IdentityConfiguration;
import io.ringfence.trust.token.TokenSigner;
import io.ringfence.trust.token.TokenVerifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Makes this room's parts from the configured key.
final class TokenRoom {
    @Produces
    @Singleton
    SigningKey signingKey(IdentityConfiguration configuration) {
        return SigningKey.read(configuration.tokenKey());
    }

    @Produces
    @Singleton
    TokenIssuer issuer(SigningKey key) {
        Clock clock = Clock.systemUTC();
        return new TokenIssuer(TokenSigner.of(key.privateKey(), clock), clock);
    }

    @Produces
    @Singleton
    TokenVerifier verifier(SigningKey key) {
        return new TokenVerifier(key.published(), Claim.API_AUDIENCE, Clock.systemUTC());
    }
}
