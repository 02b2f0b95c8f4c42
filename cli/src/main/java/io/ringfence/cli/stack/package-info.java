/// One single-machine stack as it lies on disk: its folder, its ports, and `stack.json`, through
/// which every other verb finds it. Starting and stopping it is left to `launch`.
@NullMarked
package io.ringfence.cli.stack;

import org.jspecify.annotations.NullMarked;
