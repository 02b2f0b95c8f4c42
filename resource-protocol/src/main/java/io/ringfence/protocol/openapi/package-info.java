/// The OpenAPI 3.1 document, made from the declarations that the endpoints work by. A service
/// describes its own part; the gateway merges the parts and shows them.
@NullMarked
package io.ringfence.protocol.openapi;

import org.jspecify.annotations.NullMarked;
