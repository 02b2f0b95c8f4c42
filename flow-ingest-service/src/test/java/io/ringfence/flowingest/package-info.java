/// What the tests of the rooms share, and the service as a whole between real servers.
@NullMarked
package io.ringfence.flowingest;

import org.jspecify.annotations.NullMarked;
