package io.ringfence.engine.incremental;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.engine.directory.TenantDirectory;
import java.util.List;

/// A tenant's directory before and after a step.
///
/// @param addresses all that have changed, and perhaps others
public record DirectoryChange(
        String tenant, TenantDirectory before, TenantDirectory after, List<Prefix> addresses) {}
