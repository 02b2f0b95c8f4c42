/// Tokens that may be used a certain number of times. Uses are counted in the database, so that two
/// instances never both take the last one. The gateway has every request of such a token counted
/// here, except those that count for themselves (`/enforcercertificates`).
@NullMarked
package io.ringfence.identity.quota;

import org.jspecify.annotations.NullMarked;
