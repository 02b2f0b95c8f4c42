/// Who is meant by a tag expression: as a condition for the store, and in memory for what is at
/// hand. What follows from a match is left to others; verdicts are the engine's.
@NullMarked
package io.ringfence.policy.match;

import org.jspecify.annotations.NullMarked;
