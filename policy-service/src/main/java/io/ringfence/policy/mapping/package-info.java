/// Namespace mapping: which namespace below the one it registered in a processing unit belongs to
/// (`reference/api.md` §1). The answer depends on the unit's tags and the mappings there are now,
/// never on the way the unit came. Enforcers are never mapped.
@NullMarked
package io.ringfence.policy.mapping;

import org.jspecify.annotations.NullMarked;
