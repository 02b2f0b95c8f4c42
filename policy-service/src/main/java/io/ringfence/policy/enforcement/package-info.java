/// Which enforcers enforce what is stored: up to a revision everything is announced, compiled, and
/// acknowledged by whoever it concerns, or it is not yet. Compares what `compile` made with what
/// `receipt` knows.
@NullMarked
package io.ringfence.policy.enforcement;

import org.jspecify.annotations.NullMarked;
