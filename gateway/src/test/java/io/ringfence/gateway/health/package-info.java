@NullMarked
package io.ringfence.gateway.health;

import org.jspecify.annotations.NullMarked;
