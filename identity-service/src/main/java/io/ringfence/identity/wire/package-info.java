/// Bodies and query parameters of the endpoints that are not declared resources, in the encodings
/// of the protocol. Declared resources need nothing of this.
@NullMarked
package io.ringfence.identity.wire;

import org.jspecify.annotations.NullMarked;
