/// `/events` (`reference/api.md` §0, Push): tells a client what changes in a namespace, as
/// `audit.recorded.v1` says it. Each client is a place in that topic; a slow one waits there, one
/// that comes back goes on from there, and what is not in memory any more is read from Kafka again.
/// Whether the caller may see an object is asked of `admit` for every frame.
@NullMarked
package io.ringfence.gateway.events;

import org.jspecify.annotations.NullMarked;
