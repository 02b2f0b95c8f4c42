@NullMarked
package io.ringfence.gateway.stream;

import org.jspecify.annotations.NullMarked;
