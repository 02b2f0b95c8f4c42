/// API authorizations: which claims may do what, and in which namespaces (`reference/api.md` §5).
/// They are kept and announced here; deciding by them is left to the gateway.
@NullMarked
package io.ringfence.identity.authorizations;

import org.jspecify.annotations.NullMarked;
