/// `GET /healthchecks`: what the parts of the console say about themselves, asked in the background
/// so that the answer costs nothing; and whether the gateway itself is ready.
@NullMarked
package io.ringfence.gateway.health;

import org.jspecify.annotations.NullMarked;
