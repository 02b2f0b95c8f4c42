/// How VictoriaMetrics is found and started. Running the process is left to the caller.
@NullMarked
package io.ringfence.embedded.victoriametrics;

import org.jspecify.annotations.NullMarked;
