/// Tells callers about themselves: what they may do, and where. The deciding is `admit`'s.
@NullMarked
package io.ringfence.gateway.permissions;

import org.jspecify.annotations.NullMarked;
