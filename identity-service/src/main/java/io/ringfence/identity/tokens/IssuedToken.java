package io.ringfence.identity.tokens;

import io.ringfence.trust.token.TokenClaims;

/// A new token with what it says.
record IssuedToken(TokenClaims claims, Validity validity, String jwt) {

    /// Never shows the token.
    @Override
    public String toString() {
        return "token " + claims.tokenId() + " of " + claims.subject();
    }
}
