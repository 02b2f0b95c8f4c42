/// A console that says yes: enough of the gateway to enroll at, register with, get tokens from and
/// receive policies from, over real TLS.
@NullMarked
package io.ringfence.enforcer.fake;

import org.jspecify.annotations.NullMarked;
