/// The least a Quarkus service can do for a request, and the least that another one in front of it
/// can do, to measure against. One application, which is told what to be.
@NullMarked
package io.ringfence.bench.bare;

import org.jspecify.annotations.NullMarked;
