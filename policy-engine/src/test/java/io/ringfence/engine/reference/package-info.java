/// DESIGN §4 once more, word for word and without any of the engine's code: only the records that
/// say what is stored. Slow and plain on purpose; what the engine says must be what this says.
@NullMarked
package io.ringfence.engine.reference;

import org.jspecify.annotations.NullMarked;
