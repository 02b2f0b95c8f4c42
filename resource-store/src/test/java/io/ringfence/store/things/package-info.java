/// A small service of every kind of attribute, hook and relation the protocol knows, and the tests
/// that speak to it as the gateway does, down to PostgreSQL and Kafka.
@NullMarked
package io.ringfence.store.things;

import org.jspecify.annotations.NullMarked;
