/// What a service does without being asked, for as long as it runs: one thread for each.
@NullMarked
package io.ringfence.store.background;

import org.jspecify.annotations.NullMarked;
