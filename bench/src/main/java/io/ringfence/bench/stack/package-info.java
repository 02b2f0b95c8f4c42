/// What is measured: a real stack, started as its user starts it, and the bare endpoint beside it.
@NullMarked
package io.ringfence.bench.stack;

import org.jspecify.annotations.NullMarked;
