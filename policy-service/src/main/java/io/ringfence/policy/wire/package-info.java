/// Bodies and answers of endpoints that are no declared resource. What they say is their rooms'.
@NullMarked
package io.ringfence.policy.wire;

import org.jspecify.annotations.NullMarked;
