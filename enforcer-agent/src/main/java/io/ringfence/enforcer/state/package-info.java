/// The enforcer's own folder: small files that are replaced as a whole, readable by their owner
/// only, and a lock that keeps a second enforcer out. What is in the files is left to the rooms
/// that write them.
@NullMarked
package io.ringfence.enforcer.state;

import org.jspecify.annotations.NullMarked;
