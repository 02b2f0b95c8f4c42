/// Which enforcers a change, or the time, concerns, and whether it changes what they enforce. The
/// semantics are policy-engine's; signing and sending are left to `publish`.
@NullMarked
package io.ringfence.policy.compile;

import org.jspecify.annotations.NullMarked;
