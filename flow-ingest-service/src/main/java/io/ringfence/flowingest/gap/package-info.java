/// Which records never came: the sequence numbers of an enforcer are contiguous, so a hole is known
/// and not guessed. Kept in memory over what this instance consumed; only counters leave it.
@NullMarked
package io.ringfence.flowingest.gap;

import org.jspecify.annotations.NullMarked;
