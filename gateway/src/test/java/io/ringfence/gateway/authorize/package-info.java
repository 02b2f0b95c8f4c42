@NullMarked
package io.ringfence.gateway.authorize;

import org.jspecify.annotations.NullMarked;
