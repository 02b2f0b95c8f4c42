/// What is measured, and how it is said: CPU time of processes as the kernel counts it, ours beside
/// the limit, round by round.
@NullMarked
package io.ringfence.bench.measure;

import org.jspecify.annotations.NullMarked;
