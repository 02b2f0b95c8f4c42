/// Puts a compiled policy into the kernel's own table `inet ringfence`: beside the one before it
/// and in one transaction, or, where it differs little, by changing that one. Reads the counters
/// that the kernel keeps there. What a packet's answer is was decided by whoever compiled the
/// policy; who was seen is the observing room's business.
@NullMarked
package io.ringfence.enforcer.dataplane;

import org.jspecify.annotations.NullMarked;
