/// Signatures over bytes that travel further than a connection: flow batches, reports, policies.
/// Whether the certificate is trusted, and whether its subject may say what it says, is left to the
/// caller.
@NullMarked
package io.ringfence.trust.signature;

import org.jspecify.annotations.NullMarked;
