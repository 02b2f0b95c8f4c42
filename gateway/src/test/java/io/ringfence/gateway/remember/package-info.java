@NullMarked
package io.ringfence.gateway.remember;

import org.jspecify.annotations.NullMarked;
