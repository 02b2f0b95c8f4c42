/// The client certificate a caller showed to the gateway: believed only if the gateway vouched for
/// it in its assertion, and held against the console's authority once more.
@NullMarked
package io.ringfence.identity.certificates;

import org.jspecify.annotations.NullMarked;
