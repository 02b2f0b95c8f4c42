/// The verbs of `reference/api.md` §0 on every declared resource. Reads parameters, headers and
/// bodies, and leaves the change to the behaviour room and the data to the store.
@NullMarked
package io.ringfence.protocol.endpoint;

import org.jspecify.annotations.NullMarked;
