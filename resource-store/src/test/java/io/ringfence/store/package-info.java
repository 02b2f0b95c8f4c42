/// Tests of the store as a whole. What needs PostgreSQL and Kafka is tested where a service uses
/// the store.
@NullMarked
package io.ringfence.store;

import org.jspecify.annotations.NullMarked;
