package io.ringfence.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a snapshot is written from: a [World], looked up the ways that writing needs. Answers are
/// not changed by whoever asked, and hold until the world changes.
public interface PolicySource {
    Map<String, NamespaceState> namespaces();

    /// The running units behind an enforcer, in order of id.
    List<ProcessingUnit> unitsOf(String enforcerId);

    /// Those that apply to the unit, in any order.
    List<Ruleset> rulesetsFor(ProcessingUnit unit);

    /// The running units of the tenant a namespace belongs to.
    TenantUnits running(String namespace);

    /// What is seen from at least one of the namespaces.
    VisibleNetworks networks(Set<String> namespaces);
}
