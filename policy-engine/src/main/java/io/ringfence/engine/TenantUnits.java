package io.ringfence.engine;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.tag.TagExpression;
import java.util.Collection;
import java.util.NavigableMap;

/// The running processing units of one tenant.
interface TenantUnits {
    /// Whole addresses and who owns each, in address order.
    NavigableMap<Prefix, ProcessingUnit> owners();

    /// In any order.
    Collection<ProcessingUnit> matching(TagExpression expression);
}
