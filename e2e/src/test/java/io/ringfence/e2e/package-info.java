/// Whole stacks, started as a person starts them: real servers, real enforcers in network
/// namespaces, real connections. Each class brings up a stack of its own and takes it down again; a
/// stack of a killed earlier run is swept when its ports are needed.
@NullMarked
package io.ringfence.e2e;

import org.jspecify.annotations.NullMarked;
