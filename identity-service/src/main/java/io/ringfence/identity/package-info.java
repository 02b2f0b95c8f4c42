/// Who may do what: namespaces, tokens, app credentials, API authorizations and enforcers'
/// certificates. Deciding about a request is left to the gateway, by what is announced from here.
@NullMarked
package io.ringfence.identity;

import org.jspecify.annotations.NullMarked;
