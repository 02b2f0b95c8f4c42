/// The page a person meets who opens the address in a browser. The console itself is not here yet.
@NullMarked
package io.ringfence.gateway.landing;

import org.jspecify.annotations.NullMarked;
