/// Tests of the policy semantics: named cases, and random worlds in which the compiled form must
/// agree with the reference.
@NullMarked
package io.ringfence.engine;

import org.jspecify.annotations.NullMarked;
