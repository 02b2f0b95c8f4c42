/// Signs policies and sends them: what leads to it from the one before, or the whole, on
/// `policy.delta.v1`, then, once the broker has that, its version and digest on
/// `policy.compiled.v1`. Changes of directories go to `directory.delta.v1`, and whole ones to
/// whoever asks. Carrying them to enforcers is the gateway's.
@NullMarked
package io.ringfence.policy.publish;

import org.jspecify.annotations.NullMarked;
