/// Reads Kafka for the other rooms: whole topics on plain consumers without a group, each instance
/// all partitions, with an answer to "have I seen everything up to now?". What records mean is left
/// to whoever listens; what cannot be read goes to the dead letters.
@NullMarked
package io.ringfence.gateway.consume;

import org.jspecify.annotations.NullMarked;
