/// Why a flow was rejected that no rule spoke about, in the words of `/explanations`: which rule
/// came nearest, and what was missing. Pure; who asks, and which world is asked, is given to it.
@NullMarked
package io.ringfence.metrics.explain;

import org.jspecify.annotations.NullMarked;
