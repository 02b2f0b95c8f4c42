/// Starts, watches and stops the processes of a single-machine stack. The supervisor owns
/// `stack.json` and is the parent of every process; what a process needs to know is in the
/// configuration files that the embedded `init` writes.
@NullMarked
package io.ringfence.cli.launch;

import org.jspecify.annotations.NullMarked;
