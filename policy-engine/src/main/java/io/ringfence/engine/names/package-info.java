/// Which addresses the domain entries of external networks contain (DESIGN §4.6): those that DNS
/// answers gave for a name, until their time to live and a grace period are over. Who sees the
/// answers, and whether they may be believed, is left to the host.
@NullMarked
package io.ringfence.engine.names;

import org.jspecify.annotations.NullMarked;
