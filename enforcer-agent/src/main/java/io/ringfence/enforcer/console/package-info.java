/// Speaks to the console's gateway over TLS: requests with JSON answers, and the stream. Trusts the
/// pinned authority only. What is asked for is left to the rooms that ask.
@NullMarked
package io.ringfence.enforcer.console;

import org.jspecify.annotations.NullMarked;
