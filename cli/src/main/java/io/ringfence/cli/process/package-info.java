/// One process of a stack: how it is started, how it shows that it is ready, and what happens when
/// it ends by itself. Which processes there are is left to `launch` and `demo`.
@NullMarked
package io.ringfence.cli.process;

import org.jspecify.annotations.NullMarked;
