/// What VictoriaMetrics knows. Every question carries the namespace it may see as a filter of
/// VictoriaMetrics' own, beside whatever the question itself says.
@NullMarked
package io.ringfence.metrics.read;

import org.jspecify.annotations.NullMarked;
