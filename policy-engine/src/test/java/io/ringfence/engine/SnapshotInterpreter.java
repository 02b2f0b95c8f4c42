package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads what a [ResolvedPolicy] gives the way an enforcer's kernel tables do: a whole address goes
/// before the prefix around it.
record SnapshotInterpreter(PolicySnapshot snapshot) {
    Verdict judge(Direction direction, String unitId, InetAddress peer, Traffic traffic) {
        ProcessingUnitPolicy unit =
                snapshot.getProcessingUnitsList().stream()
                        .filter(policy -> policy.getProcessingUnitId().equals(unitId))
                        .findFirst()
                        .orElseThrow();
        DirectionPolicy policy =
                direction == Direction.INCOMING ? unit.getIncoming() : unit.getOutgoing();
        int peerClass =
                holding(
                                policy.getAddressesList(),
                                it -> prefix(it.getAddress(), it.getPrefixLength()),
                                peer)
                        .map(AddressClass::getPeerClass)
                        .orElse(0);
        assertThat(policy.getClasses(0).getProgramList()).isEmpty();
        int decision =
                policy.getClasses(peerClass).getProgramList().stream()
                        .filter(rule -> matches(rule, traffic))
                        .mapToInt(PortRule::getDecision)
                        .findFirst()
                        .orElse(0);
        return verdict(policy.getDecisions(decision));
    }

    Peer peer(InetAddress address) {
        Optional<PeerAddress> holding =
                holding(
                        snapshot.getPeersList(),
                        it -> prefix(it.getAddress(), it.getPrefixLength()),
                        address);
        if (holding.isEmpty()) {
            return new Peer.Somewhere(address);
        }
        PeerAddress peer = holding.get();
        String id = snapshot.getText(peer.getId());
        String namespace = snapshot.getText(peer.getNamespace());
        return peer.getType() == PeerType.PEER_PROCESSING_UNIT
                ? new Peer.Unit(id, namespace)
                : new Peer.Network(id, namespace);
    }

    private <T> Optional<T> holding(
            List<T> entries, Function<T, Prefix> prefix, InetAddress address) {
        List<T> holding =
                entries.stream()
                        .filter(entry -> prefix.apply(entry).contains(Prefix.of(address)))
                        .sorted(Comparator.comparingInt(entry -> -prefix.apply(entry).length()))
                        .toList();
        boolean isOneWhole = !holding.isEmpty() && prefix.apply(holding.getFirst()).isWhole();
        assertThat(holding).as("no address is in two").hasSizeLessThanOrEqualTo(isOneWhole ? 2 : 1);
        assertThat(holding.stream().map(prefix)).doesNotHaveDuplicates();
        return holding.stream().findFirst();
    }

    private static Prefix prefix(ByteString address, int length) {
        return Prefix.ofBytes(address.toByteArray(), length);
    }

    private static boolean matches(PortRule rule, Traffic traffic) {
        if (rule.getProtocol() == 0) {
            return true;
        }
        boolean ports =
                rule.getPortHigh() == 0
                        || rule.getPortLow() <= traffic.port()
                                && traffic.port() <= rule.getPortHigh();
        boolean type = !rule.hasIcmpType() || rule.getIcmpType() == traffic.icmpType();
        boolean code =
                rule.getIcmpCodesCount() == 0
                        || rule.getIcmpCodesList().stream()
                                .anyMatch(codes ->
                                        codes.getLow() <= traffic.icmpCode()
                                                && traffic.icmpCode() <= codes.getHigh());
        return rule.getProtocol() == traffic.protocol() && ports && type && code;
    }

    private Verdict verdict(Decision decision) {
        boolean observed = decision.getObservedAction() != PolicyAction.POLICY_ACTION_UNSPECIFIED;
        return new Verdict(
                action(decision.getAction()),
                snapshot.getText(decision.getPolicyId()),
                snapshot.getText(decision.getPolicyName()),
                snapshot.getText(decision.getPolicyNamespace()),
                snapshot.getText(decision.getRuleName()),
                observed ? action(decision.getObservedAction()) : null,
                snapshot.getText(decision.getObservedPolicyId()),
                snapshot.getText(decision.getObservedPolicyNamespace()),
                decision.getSilent());
    }

    private static Action action(PolicyAction action) {
        return switch (action) {
            case ALLOW -> Action.ALLOW;
            case DENY -> Action.REJECT;
            case POLICY_ACTION_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError(action);
        };
    }
}
