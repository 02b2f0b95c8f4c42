@NullMarked
package io.ringfence.gateway.authenticate;

import org.jspecify.annotations.NullMarked;
