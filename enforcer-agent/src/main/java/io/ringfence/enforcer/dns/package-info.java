/// Which addresses DNS gives for which names (DESIGN §4.6): hears the host's queries and the
/// answers of its resolvers, believes an answer that matches a query, and lets it go on to whoever
/// asked once a listener has done what follows from it; and remembers what was answered until its
/// time is over. Which names matter, and what the kernel makes of an address, is left to others.
@NullMarked
package io.ringfence.enforcer.dns;

import org.jspecify.annotations.NullMarked;
