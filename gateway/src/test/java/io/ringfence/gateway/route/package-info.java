@NullMarked
package io.ringfence.gateway.route;

import org.jspecify.annotations.NullMarked;
