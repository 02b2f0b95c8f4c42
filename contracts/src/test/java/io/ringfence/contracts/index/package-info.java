@NullMarked
package io.ringfence.contracts.index;

import org.jspecify.annotations.NullMarked;
