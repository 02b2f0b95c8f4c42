/// App credentials: certificates that machines and administrators log in with. Which ones are
/// registered and not disabled is known here; issuing their tokens is left to `tokens`. Creating
/// further ones has no endpoint yet.
@NullMarked
package io.ringfence.identity.credentials;

import org.jspecify.annotations.NullMarked;
