package io.ringfence.engine.form;

import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionDelta;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitDelta;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Deltas between canonical, sealed policies of one enforcer.
public final class PolicyDeltas {
    private PolicyDeltas() {}

    /// What leads from one to the other. Empty where more has changed than who is in which class
    /// and what the classes are.
    public static Optional<PolicyDelta> between(PolicySnapshot before, PolicySnapshot after) {
        TextTable texts = new TextTable(after.getTextList(), before.getTextList());
        PolicySnapshot next = texts.translated(after).build();
        if (!isAlikeApartFromClasses(before, next)) {
            return Optional.empty();
        }
        PolicyDelta.Builder delta =
                PolicyDelta.newBuilder()
                        .setConsoleId(after.getConsoleId())
                        .setEnforcerId(after.getEnforcerId())
                        .setVersion(after.getVersion())
                        .setDigest(after.getDigest())
                        .setCompiledAtMs(after.getCompiledAtMs())
                        .setBaseDigest(before.getDigest())
                        .addAllText(
                                texts.texts().subList(before.getTextCount(), texts.texts().size()));
        for (int unit = 0; unit < next.getProcessingUnitsCount(); unit++) {
            ProcessingUnitPolicy from = before.getProcessingUnits(unit);
            ProcessingUnitPolicy to = next.getProcessingUnits(unit);
            ProcessingUnitDelta changed =
                    ProcessingUnitDelta.newBuilder()
                            .setProcessingUnit(unit)
                            .setIncoming(between(from.getIncoming(), to.getIncoming()))
                            .setOutgoing(between(from.getOutgoing(), to.getOutgoing()))
                            .build();
            if (!from.equals(to)) {
                delta.addProcessingUnits(changed);
            }
        }
        return Optional.of(delta.build());
    }

    /// Where a delta leads from a policy. Empty if it is about another policy, or does not lead
    /// where it says.
    ///
    /// @throws IndexOutOfBoundsException if it speaks of what is not there
    public static Optional<PolicySnapshot> apply(PolicySnapshot base, PolicyDelta delta) {
        if (!base.getDigest().equals(delta.getBaseDigest())) {
            return Optional.empty();
        }
        PolicySnapshot.Builder next =
                base.toBuilder()
                        .setVersion(delta.getVersion())
                        .setDigest(delta.getDigest())
                        .setCompiledAtMs(delta.getCompiledAtMs())
                        .addAllText(delta.getTextList());
        for (ProcessingUnitDelta changed : delta.getProcessingUnitsList()) {
            ProcessingUnitPolicy.Builder unit =
                    next.getProcessingUnitsBuilder(changed.getProcessingUnit());
            apply(unit.getIncomingBuilder(), changed.getIncoming());
            apply(unit.getOutgoingBuilder(), changed.getOutgoing());
        }
        PolicySnapshot policy = CanonicalForm.of(next.build());
        return PolicyDigest.of(policy).equals(delta.getDigest())
                ? Optional.of(policy)
                : Optional.empty();
    }

    private static void apply(DirectionPolicy.Builder direction, DirectionDelta delta) {
        direction.addAllDecisions(delta.getDecisionsList()).addAllClasses(delta.getClassesList());
        List<AddressClass> addresses =
                moved(direction.getAddressesList(), delta.getAddressesList());
        List<AddressClass> networks = moved(direction.getNetworksList(), delta.getNetworksList());
        direction
                .clearAddresses()
                .addAllAddresses(addresses)
                .clearNetworks()
                .addAllNetworks(networks);
    }

    private static List<AddressClass> moved(List<AddressClass> before, List<AddressClass> moved) {
        Map<AddressClass, Integer> classes = byPrefix(before);
        moved.forEach(entry -> classes.put(prefix(entry), entry.getPeerClass()));
        return classes.entrySet().stream()
                .filter(each -> each.getValue() != 0)
                .map(each -> each.getKey().toBuilder().setPeerClass(each.getValue()).build())
                .toList();
    }

    private static boolean isAlikeApartFromClasses(PolicySnapshot before, PolicySnapshot next) {
        if (before.getProcessingUnitsCount() != next.getProcessingUnitsCount()
                || !before.getConsoleId().equals(next.getConsoleId())
                || !before.getPeersList().equals(next.getPeersList())
                || !before.getNetworksList().equals(next.getNetworksList())
                || !before.getTenantsList().equals(next.getTenantsList())) {
            return false;
        }
        for (int unit = 0; unit < next.getProcessingUnitsCount(); unit++) {
            if (!withoutClasses(before.getProcessingUnits(unit))
                    .equals(withoutClasses(next.getProcessingUnits(unit)))) {
                return false;
            }
        }
        return true;
    }

    /// The default stays: class 0 and decision 0 are nobody's to give up.
    private static ProcessingUnitPolicy withoutClasses(ProcessingUnitPolicy unit) {
        return unit.toBuilder()
                .setIncoming(withoutClasses(unit.getIncoming()))
                .setOutgoing(withoutClasses(unit.getOutgoing()))
                .build();
    }

    private static DirectionPolicy withoutClasses(DirectionPolicy direction) {
        DirectionPolicy.Builder rest =
                direction.toBuilder()
                        .clearDecisions()
                        .clearClasses()
                        .clearAddresses()
                        .clearNetworks();
        if (direction.getDecisionsCount() > 0) {
            rest.addDecisions(direction.getDecisions(0));
        }
        return rest.build();
    }

    private static DirectionDelta between(DirectionPolicy before, DirectionPolicy after) {
        Numbering<Decision> decisions = new Numbering<>(before.getDecisionsList());
        Numbering<PeerClass> classes = new Numbering<>(before.getClassesList());
        int[] decisionNumbers =
                after.getDecisionsList().stream().mapToInt(decisions::number).toArray();
        int[] classNumbers =
                after.getClassesList().stream()
                        .mapToInt(it -> classes.number(numbered(it, decisionNumbers)))
                        .toArray();
        return DirectionDelta.newBuilder()
                .addAllDecisions(decisions.added())
                .addAllClasses(classes.added())
                .addAllAddresses(
                        moved(before.getAddressesList(), after.getAddressesList(), classNumbers))
                .addAllNetworks(
                        moved(before.getNetworksList(), after.getNetworksList(), classNumbers))
                .build();
    }

    private static PeerClass numbered(PeerClass peerClass, int[] decisions) {
        PeerClass.Builder numbered = peerClass.toBuilder();
        for (PortRule.Builder rule : numbered.getProgramBuilderList()) {
            rule.setDecision(decisions[rule.getDecision()]);
        }
        return numbered.build();
    }

    private static List<AddressClass> moved(
            List<AddressClass> before, List<AddressClass> after, int[] classNumbers) {
        Map<AddressClass, Integer> gone = byPrefix(before);
        List<AddressClass> moved = new ArrayList<>();
        for (AddressClass entry : after) {
            int peerClass = classNumbers[entry.getPeerClass()];
            Integer had = gone.remove(prefix(entry));
            if (had == null || had != peerClass) {
                moved.add(entry.toBuilder().setPeerClass(peerClass).build());
            }
        }
        moved.addAll(gone.keySet());
        return moved;
    }

    private static Map<AddressClass, Integer> byPrefix(List<AddressClass> entries) {
        Map<AddressClass, Integer> classes = new LinkedHashMap<>();
        entries.forEach(entry -> classes.put(prefix(entry), entry.getPeerClass()));
        return classes;
    }

    /// The entry as one that is in no class.
    private static AddressClass prefix(AddressClass entry) {
        return entry.toBuilder().clearPeerClass().build();
    }

    /// The numbers that things have, and new ones get.
    private static final class Numbering<T> {
        private final Map<T, Integer> numbers = new HashMap<>();
        private final List<T> added = new ArrayList<>();

        Numbering(List<T> known) {
            known.forEach(each -> numbers.putIfAbsent(each, numbers.size()));
        }

        int number(T one) {
            return numbers.computeIfAbsent(
                    one,
                    fresh -> {
                        added.add(fresh);
                        return numbers.size();
                    });
        }

        List<T> added() {
            return added;
        }
    }
}
