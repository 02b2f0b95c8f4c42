/// App credentials: certificates that machines and administrators log in with. They are made,
/// renewed, disabled and deleted here as objects of the API, and announced with their roles, by
/// which the gateway decides at once. Issuing their tokens is left to `tokens`.
@NullMarked
package io.ringfence.identity.credentials;

import org.jspecify.annotations.NullMarked;
