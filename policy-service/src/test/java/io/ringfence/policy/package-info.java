/// Tests of the service as a whole.
@NullMarked
package io.ringfence.policy;

import org.jspecify.annotations.NullMarked;
