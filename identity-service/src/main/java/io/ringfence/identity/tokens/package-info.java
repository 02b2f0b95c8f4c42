/// Tokens: who gets one, how long it lives, and how narrow it is. `/issue` turns a client
/// certificate or another token into a token, `/authn` says what is in one, and
/// `/.well-known/jwks.json` publishes the keys. Which app credentials exist is left to
/// `credentials`, counting uses to `quota`, and what a token's holder may do to the gateway.
@NullMarked
package io.ringfence.identity.tokens;

import org.jspecify.annotations.NullMarked;
