/// A host with a real enforcer, and what its kernel does to packets: a network namespace of its own
/// on a cable to this machine, probes that are sent every millisecond, and when they cease to
/// arrive. Who changes the policy meanwhile is left to `distribution`.
@NullMarked
package io.ringfence.bench.wire;

import org.jspecify.annotations.NullMarked;
