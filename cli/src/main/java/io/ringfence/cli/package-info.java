/// `ringfence`, the command: reads the arguments, hands them to the room whose verb it is, and
/// turns a problem into one sentence and an exit code. What a verb does is left to its room.
@NullMarked
package io.ringfence.cli;

import org.jspecify.annotations.NullMarked;
