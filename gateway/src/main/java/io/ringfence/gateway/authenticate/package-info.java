/// Who asks: a bearer token, the token cookie, or the verified certificate of an enforcer, and from
/// which address. What the caller may do is left to `authorize`.
@NullMarked
package io.ringfence.gateway.authenticate;

import org.jspecify.annotations.NullMarked;
