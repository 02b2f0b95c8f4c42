/// What the servers' main classes share: settings from a file, and the mark that says a server is
/// ready. Starting the processes and watching them is left to the launcher.
@NullMarked
package io.ringfence.embedded.process;

import org.jspecify.annotations.NullMarked;
