package io.ringfence.engine.form;

import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.DomainRules;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.policy.VisibleNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives the texts of a policy the numbers they have in another list, and new ones the next.
final class TextTable {
    private final List<String> from;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    /// @param from the policy's texts
    /// @param known those that have numbers already, in order
    TextTable(List<String> from, List<String> known) {
        this.from = from;
        known.forEach(this::number);
    }

    List<String> texts() {
        return texts;
    }

    private int number(String text) {
        return numbers.computeIfAbsent(
                text,
                added -> {
                    texts.add(added);
                    return texts.size() - 1;
                });
    }

    private int translated(int index) {
        return number(from.get(index));
    }

    PolicySnapshot.Builder translated(PolicySnapshot policy) {
        PolicySnapshot.Builder next = policy.toBuilder();
        for (ProcessingUnitPolicy.Builder unit : next.getProcessingUnitsBuilderList()) {
            translate(unit.getIncomingBuilder());
            translate(unit.getOutgoingBuilder());
        }
        for (PeerAddress.Builder peer : next.getPeersBuilderList()) {
            peer.setId(translated(peer.getId())).setNamespace(translated(peer.getNamespace()));
        }
        for (VisibleNetwork.Builder network : next.getNetworksBuilderList()) {
            network.setId(translated(network.getId()))
                    .setNamespace(translated(network.getNamespace()));
        }
        return next;
    }

    private void translate(DirectionPolicy.Builder direction) {
        direction.getDecisionsBuilderList().forEach(this::translate);
        if (direction.hasDomainRules()) {
            DomainRules.Builder rules = direction.getDomainRulesBuilder();
            rules.getRulesBuilderList().forEach(rule -> translate(rule.getDecisionBuilder()));
            rules.getNetworksBuilderList()
                    .forEach(network -> network.setNetworkId(translated(network.getNetworkId())));
        }
    }

    private void translate(Decision.Builder decision) {
        decision.setPolicyId(translated(decision.getPolicyId()))
                .setPolicyName(translated(decision.getPolicyName()))
                .setPolicyNamespace(translated(decision.getPolicyNamespace()))
                .setRuleName(translated(decision.getRuleName()))
                .setObservedPolicyId(translated(decision.getObservedPolicyId()))
                .setObservedPolicyNamespace(translated(decision.getObservedPolicyNamespace()));
    }
}
