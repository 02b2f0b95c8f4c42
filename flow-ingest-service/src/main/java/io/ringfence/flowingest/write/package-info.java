/// From a verified batch to samples of time series, and into VictoriaMetrics. The mapping is a pure
/// function of the record, so writing a record again writes the same points again. When something
/// is written, retried or committed is left to `consume`.
@NullMarked
package io.ringfence.flowingest.write;

import org.jspecify.annotations.NullMarked;
