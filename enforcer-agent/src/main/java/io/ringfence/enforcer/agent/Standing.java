package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.console.EnforcerIdentity;
import java.util.SortedSet;

/// How far the enforcer is known to the console.
sealed interface Standing {
    /// It has no certificate that is valid, only the hope of a bootstrap token.
    record Unknown() implements Standing {}

    record Enrolled(EnforcerIdentity identity) implements Standing {}

    /// @param announced the addresses that the console was told
    record Registered(
            EnforcerIdentity identity, String processingUnitId, SortedSet<String> announced)
            implements Standing {}
}
