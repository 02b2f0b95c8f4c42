package io.ringfence.engine.explain;

import java.util.List;
import java.util.stream.Stream;

/// An allow rule that would have decided if something were different. Changing all of what is named
/// here, and nothing else, makes that side's verdict Allow.
///
/// A rule's **distance** is the number of tags that are missing at both ends, plus one if its ports
/// do not match. Nearest are those with the smallest distance; among equals those whose ports
/// match, then the nearest namespace, the lowest ruleset id, the rule's index. Of several clauses
/// the one that needs least counts. A rule is left out if the change would not help: because
/// another rule would then reject, or because it is of a fallback that still steps back.
///
/// @param missingOnSource terms of a tag expression, as they are written; to a term that ends in
///   `*` any tag with that prefix will do
/// @param missingOnDestination likewise
/// @param peer what the tags of the other end are tags of
/// @param externalNetwork the id of the external network to which the peer's missing tags would
///   have to be added; empty for the other kinds
/// @param ports which protocol and ports it speaks of, where the ones asked about are not among
///   them
public record NearRule(
        String policyId,
        String policyName,
        String policyNamespace,
        String ruleName,
        List<String> missingOnSource,
        List<String> missingOnDestination,
        PeerKind peer,
        String externalNetwork,
        List<String> ports) {
    public NearRule {
        missingOnSource = List.copyOf(missingOnSource);
        missingOnDestination = List.copyOf(missingOnDestination);
        ports = List.copyOf(ports);
    }

    /// What the other end is for the side that judges.
    public enum PeerKind {
        PROCESSING_UNIT,
        EXTERNAL_NETWORK,
        /// An address in no external network: one with the missing tags would have to contain it.
        SOMEWHERE
    }

    /// The source's first.
    public List<String> missing() {
        return Stream.concat(missingOnSource.stream(), missingOnDestination.stream()).toList();
    }
}
