/// What holds for all of contracts.
@NullMarked
package io.ringfence.contracts;

import org.jspecify.annotations.NullMarked;
