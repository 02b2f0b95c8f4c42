package io.ringfence.engine.form;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The one form of all policies that say the same: what is not used is left out, addresses are in
/// order, and classes, decisions and texts are numbered in the order of their first use.
public final class CanonicalForm {
    private static final Comparator<AddressClass> BY_PREFIX =
            Comparator.comparing(entry ->
                    Prefix.ofBytes(entry.getAddress().toByteArray(), entry.getPrefixLength()));

    private CanonicalForm() {}

    /// Its digest is left as it is.
    public static PolicySnapshot of(PolicySnapshot policy) {
        PolicySnapshot.Builder numbered = policy.toBuilder();
        for (ProcessingUnitPolicy.Builder unit : numbered.getProcessingUnitsBuilderList()) {
            unit.setIncoming(of(unit.getIncoming())).setOutgoing(of(unit.getOutgoing()));
        }
        TextTable texts = new TextTable(policy.getTextList(), List.of(""));
        return texts.translated(numbered.build()).clearText().addAllText(texts.texts()).build();
    }

    private static DirectionPolicy of(DirectionPolicy direction) {
        if (direction.getDecisionsCount() == 0) {
            return direction;
        }
        Map<Integer, Integer> classes = new LinkedHashMap<>();
        classes.put(0, 0);
        List<AddressClass> addresses = numbered(direction.getAddressesList(), classes);
        List<AddressClass> networks = numbered(direction.getNetworksList(), classes);
        Map<Integer, Integer> decisions = new LinkedHashMap<>();
        decisions.put(0, 0);
        DirectionPolicy.Builder form =
                direction.toBuilder()
                        .clearAddresses()
                        .addAllAddresses(addresses)
                        .clearNetworks()
                        .addAllNetworks(networks)
                        .clearClasses()
                        .clearDecisions();
        for (int number : classes.keySet()) {
            form.addClasses(numbered(direction.getClasses(number), decisions));
        }
        for (int number : decisions.keySet()) {
            form.addDecisions(direction.getDecisions(number));
        }
        return form.build();
    }

    private static List<AddressClass> numbered(
            List<AddressClass> entries, Map<Integer, Integer> classes) {
        List<AddressClass> inOrder = new ArrayList<>(entries);
        inOrder.sort(BY_PREFIX);
        inOrder.replaceAll(entry ->
                entry.toBuilder().setPeerClass(number(entry.getPeerClass(), classes)).build());
        return inOrder;
    }

    private static PeerClass numbered(PeerClass peerClass, Map<Integer, Integer> decisions) {
        PeerClass.Builder form = peerClass.toBuilder();
        for (PortRule.Builder rule : form.getProgramBuilderList()) {
            rule.setDecision(number(rule.getDecision(), decisions));
        }
        return form.build();
    }

    private static int number(int known, Map<Integer, Integer> numbers) {
        return numbers.computeIfAbsent(known, _ -> numbers.size());
    }
}
