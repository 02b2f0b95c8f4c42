/// A bounded memory for answers that hold only a while: verified tokens, signed assertions. What
/// may be remembered, and how long, is decided by who remembers.
@NullMarked
package io.ringfence.gateway.remember;

import org.jspecify.annotations.NullMarked;
