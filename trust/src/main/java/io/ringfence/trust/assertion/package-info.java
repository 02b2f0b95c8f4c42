/// What the gateway tells a service about a request it has authenticated and authorized: a
/// statement of a minute's life, bound to method, path and namespace, sealed with a key that the
/// gateway's own key has introduced to this service and no other. Authentication and authorization
/// themselves are left to the gateway.
@NullMarked
package io.ringfence.trust.assertion;

import org.jspecify.annotations.NullMarked;
