/// `POST /explanations` (ours): why a connection passes or does not. The answer is policy-engine's,
/// about the world policy is made from; here it is asked for, and cut to what the caller may read.
@NullMarked
package io.ringfence.policy.explain;

import org.jspecify.annotations.NullMarked;
