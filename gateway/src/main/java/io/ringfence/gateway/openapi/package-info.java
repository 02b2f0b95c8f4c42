/// The description of the API: `/openapi`, merged from what every service says about itself and
/// what the gateway answers on its own, and `/docs`, where a person reads it. Public, as the
/// description of a public API.
@NullMarked
package io.ringfence.gateway.openapi;

import org.jspecify.annotations.NullMarked;
