/// Receives the compiled policy over the gateway's stream, and the directories of its tenants,
/// believes them only if policy-service signed them for this enforcer of this console and they are
/// not older than those held, hands them on, keeps them for the next start and answers with a
/// receipt. Putting them into the kernel is left to the target.
@NullMarked
package io.ringfence.enforcer.receive;

import org.jspecify.annotations.NullMarked;
