/// What there is now: what processing units and external networks are called, for people who read
/// reports, and the world that policy is made from, for saying why a flow was rejected. Kept from
/// the compacted topics of changes. Without Kafka reports have ids and no names, and no
/// explanations.
@NullMarked
package io.ringfence.metrics.inventory;

import org.jspecify.annotations.NullMarked;
