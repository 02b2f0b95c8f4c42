/// Announcements that wait for Kafka: one publisher at a time per schema takes them in order, and
/// takes them away once the broker has acknowledged. What is announced is the object room's.
@NullMarked
package io.ringfence.store.outbox;

import org.jspecify.annotations.NullMarked;
