/// What a service says of itself on its management port.
@NullMarked
package io.ringfence.protocol.health;

import org.jspecify.annotations.NullMarked;
