/// The API's filter language, evaluated on objects in memory. Reading it is `resource-protocol`'s,
/// where services turn it into SQL.
@NullMarked
package io.ringfence.gateway.filter;

import org.jspecify.annotations.NullMarked;
