package io.ringfence.identity.tokens;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.identity.keys.TokenKeys;
import io.ringfence.trust.token.TokenVerifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Makes this room's parts from the keys.
final class TokenRoom {
    @Produces
    @Singleton
    TokenIssuer issuer(TokenKeys keys) {
        return new TokenIssuer(keys::signer, keys.longestToken(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    TokenVerifier verifier(TokenKeys keys) {
        return new TokenVerifier(keys, Claim.API_AUDIENCE, Clock.systemUTC());
    }

    @Produces
    @Singleton
    PresentedTokens presented(TokenVerifier verifier, TokenKeys keys) {
        return new PresentedTokens(verifier, keys, Clock.systemUTC());
    }
}
