@NullMarked
package io.ringfence.contracts.schedule;

import org.jspecify.annotations.NullMarked;
