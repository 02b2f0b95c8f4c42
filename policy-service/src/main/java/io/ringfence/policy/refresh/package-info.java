/// Orders to enforcers: made here, passed on at `/events`, and kept nowhere. Carrying them out is
/// the enforcer's business.
@NullMarked
package io.ringfence.policy.refresh;

import org.jspecify.annotations.NullMarked;
