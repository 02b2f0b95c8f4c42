/// What compiling costs, with worlds made from a description (bench/README.md) and a seed.
@NullMarked
package io.ringfence.bench.compile;

import org.jspecify.annotations.NullMarked;
