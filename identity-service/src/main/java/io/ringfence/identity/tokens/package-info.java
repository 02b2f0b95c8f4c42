/// Tokens: who gets one, how long it lives, and how narrow it is. `/issue` turns a client
/// certificate, a password or another token into a token, `/authn` says what is in one, and
/// `/.well-known/jwks.json` publishes the keys. Which app credentials, accounts and enforcers there
/// are is left to their rooms, the keys to `keys`, counting uses to `quota`, and what a token's
/// holder may do to the gateway.
@NullMarked
package io.ringfence.identity.tokens;

import org.jspecify.annotations.NullMarked;
