/// The enforcer's process: reads the configuration, puts the rooms together, and walks through its
/// life: enforce what was known last, enroll, register, stay known, stop and leave the rules in
/// place. Everything that is done on the way is left to the other rooms.
@NullMarked
package io.ringfence.enforcer.agent;

import org.jspecify.annotations.NullMarked;
