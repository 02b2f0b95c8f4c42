/// Tests of the protocol as a whole.
@NullMarked
package io.ringfence.protocol;

import org.jspecify.annotations.NullMarked;
