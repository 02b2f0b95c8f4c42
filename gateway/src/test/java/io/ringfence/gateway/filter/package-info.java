@NullMarked
package io.ringfence.gateway.filter;

import org.jspecify.annotations.NullMarked;
