/// Tests of `POST /explanations`.
@NullMarked
package io.ringfence.policy.explain;

import org.jspecify.annotations.NullMarked;
