@NullMarked
package io.ringfence.gateway.permissions;

import org.jspecify.annotations.NullMarked;
