/// Who may do what: namespaces, roles, API authorizations, whether a caller is still anybody, and
/// one pure decision over them. Where they come from is left to `admit`, who the caller is to
/// `authenticate`.
@NullMarked
package io.ringfence.gateway.authorize;

import org.jspecify.annotations.NullMarked;
