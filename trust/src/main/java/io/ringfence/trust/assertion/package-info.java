/// What the gateway tells a service about a request it has authenticated and authorized: a
/// statement of a minute's life, signed with the key of the gateway's own certificate and bound to
/// method, path and namespace. Authentication and authorization themselves are left to the gateway.
@NullMarked
package io.ringfence.trust.assertion;

import org.jspecify.annotations.NullMarked;
