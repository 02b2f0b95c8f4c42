/// What a resource does beyond its declaration, and the one path every change takes: check, hooks,
/// store, announce, all in one transaction. The transaction itself belongs to the store.
@NullMarked
package io.ringfence.protocol.behaviour;

import org.jspecify.annotations.NullMarked;
