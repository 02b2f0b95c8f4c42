/// Who asks: taken from the gateway's assertion, believed only on a connection whose peer is the
/// gateway. Whether the caller may do it at all was decided by the gateway.
@NullMarked
package io.ringfence.protocol.caller;

import org.jspecify.annotations.NullMarked;
