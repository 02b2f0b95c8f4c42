/// Measurements: ours beside the limit in the same run, alternating, and the ratio printed.
@NullMarked
package io.ringfence.bench;

import org.jspecify.annotations.NullMarked;
