/// Samples of messages as earlier versions wrote them.
@NullMarked
package io.ringfence.contracts.golden;

import org.jspecify.annotations.NullMarked;
