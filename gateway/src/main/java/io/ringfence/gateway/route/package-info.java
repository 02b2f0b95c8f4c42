/// The way of a request through the door: path, limits, admission, assertion, the service that owns
/// the resource, the answer back. Paths that the gateway answers itself are brought by other rooms
/// as [OwnPage].
///
/// What stands on that way is `@Singleton`: through the proxies of a wider scope, a request would
/// make a detour at each step.
@NullMarked
package io.ringfence.gateway.route;

import org.jspecify.annotations.NullMarked;
