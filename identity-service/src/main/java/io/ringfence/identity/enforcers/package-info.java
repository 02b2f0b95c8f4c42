/// Enforcers' certificates: a one-use token and a certificate request in, a certificate of a day
/// out; with the old certificate, a new one for the same enforcer, unless it was revoked. The
/// enforcer as an object of the API is left to policy-service, ending a revoked one's connections
/// to the gateway.
@NullMarked
package io.ringfence.identity.enforcers;

import org.jspecify.annotations.NullMarked;
