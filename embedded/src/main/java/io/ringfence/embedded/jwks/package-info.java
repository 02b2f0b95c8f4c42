/// Serves the public token keys on loopback, before any service can: a broker whose key address
/// does not answer exits. Making the keys is left to `init`.
@NullMarked
package io.ringfence.embedded.jwks;

import org.jspecify.annotations.NullMarked;
