/// What processing units and external networks are called, for people who read reports. Kept from
/// the compacted topics of their changes; what is not known stays an id.
@NullMarked
package io.ringfence.metrics.names;

import org.jspecify.annotations.NullMarked;
