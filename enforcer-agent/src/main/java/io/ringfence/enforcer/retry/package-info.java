/// How long to wait before asking again. Who asks, and whether it is worth asking again, is left to
/// the rooms that talk to the console and to Kafka.
@NullMarked
package io.ringfence.enforcer.retry;

import org.jspecify.annotations.NullMarked;
