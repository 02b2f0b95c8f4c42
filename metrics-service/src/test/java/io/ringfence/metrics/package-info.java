/// What the tests of the rooms share, and the service as a whole before a real store.
@NullMarked
package io.ringfence.metrics;

import org.jspecify.annotations.NullMarked;
