/// Receives the compiled policy over the gateway's stream, believes it only if policy-service
/// signed it for this enforcer of this console and it is not older than the one held, hands it on,
/// keeps it for the next start and answers with a receipt. Putting it into the kernel is left to
/// the target.
@NullMarked
package io.ringfence.enforcer.receive;

import org.jspecify.annotations.NullMarked;
