/// The load: a process of its own that keeps a fixed number of connections busy for a fixed time
/// and prints what it saw as one line of JSON.
@NullMarked
package io.ringfence.bench.load;

import org.jspecify.annotations.NullMarked;
