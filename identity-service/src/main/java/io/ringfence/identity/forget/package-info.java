/// Forgets, from time to time, what is kept for a while only. What that is, and when its time is
/// over, is said by the rooms that keep it.
@NullMarked
package io.ringfence.identity.forget;

import org.jspecify.annotations.NullMarked;
