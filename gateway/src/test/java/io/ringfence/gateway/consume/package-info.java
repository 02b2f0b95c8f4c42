@NullMarked
package io.ringfence.gateway.consume;

import org.jspecify.annotations.NullMarked;
