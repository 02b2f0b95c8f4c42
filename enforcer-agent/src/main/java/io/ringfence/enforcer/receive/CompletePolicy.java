package io.ringfence.enforcer.receive;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.directory.TenantDirectory;
import java.util.Map;

/// A policy and the directories it is read with.
///
/// @param directories by tenant, of at least the policy's tenants
public record CompletePolicy(PolicySnapshot compiled, Map<String, TenantDirectory> directories) {}
