/// The least a Quarkus service can do for a request, to measure against.
@NullMarked
package io.ringfence.bench.bare;

import org.jspecify.annotations.NullMarked;
