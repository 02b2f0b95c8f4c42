/// How a change reaches the enforcers it concerns: a stack with simulated enforcers at the
/// gateway's stream, beside a bare path through the same PostgreSQL and Kafka.
@NullMarked
package io.ringfence.bench.distribution;

import org.jspecify.annotations.NullMarked;
