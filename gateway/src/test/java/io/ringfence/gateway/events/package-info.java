@NullMarked
package io.ringfence.gateway.events;

import org.jspecify.annotations.NullMarked;
