/// The relations of policies with those they are about (`reference/api.md` §3.2, Appendix A): read
/// only, and limited to what the caller's namespace and those below it hold, or what is propagated
/// to it.
@NullMarked
package io.ringfence.policy.relations;

import org.jspecify.annotations.NullMarked;
