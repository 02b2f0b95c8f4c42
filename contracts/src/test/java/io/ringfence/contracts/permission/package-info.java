@NullMarked
package io.ringfence.contracts.permission;

import org.jspecify.annotations.NullMarked;
