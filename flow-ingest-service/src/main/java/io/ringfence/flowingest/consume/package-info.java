/// The loop: Kafka's records in order, verified, written, and committed only when VictoriaMetrics
/// is certain to keep what was written. Refused records go to the dead letter topic. What a record
/// means is left to `verify` and `write`.
@NullMarked
package io.ringfence.flowingest.consume;

import org.jspecify.annotations.NullMarked;
