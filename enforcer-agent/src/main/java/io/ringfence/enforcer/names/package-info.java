/// How this process turns names into addresses, and that it never does the reverse. Which names are
/// asked for is left to whoever connects.
@NullMarked
package io.ringfence.enforcer.names;

import org.jspecify.annotations.NullMarked;
