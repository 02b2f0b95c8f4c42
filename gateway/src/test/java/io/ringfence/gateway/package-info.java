@NullMarked
package io.ringfence.gateway;

import org.jspecify.annotations.NullMarked;
