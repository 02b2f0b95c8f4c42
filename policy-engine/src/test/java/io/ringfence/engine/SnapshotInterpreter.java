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
import java.util.List;

/// Reads a snapshot the way an enforcer's kernel tables do.
record SnapshotInterpreter(PolicySnapshot snapshot) {
    Verdict judge(Direction direction, String unitId, InetAddress peer, Traffic traffic) {
        ProcessingUnitPolicy unit =
                snapshot.getProcessingUnitsList().stream()
                        .filter(policy -> policy.getProcessingUnitId().equals(unitId))
                        .findFirst()
                        .orElseThrow();
        DirectionPolicy policy =
                direction == Direction.INCOMING ? unit.getIncoming() : unit.getOutgoing();
        List<AddressClass> holding =
                policy.getAddressesList().stream()
                        .filter(it -> holds(it.getAddress(), it.getPrefixLength(), peer))
                        .toList();
        assertThat(holding).as("address classes are disjoint").hasSizeLessThanOrEqualTo(1);
        int peerClass = holding.isEmpty() ? 0 : holding.getFirst().getPeerClass();
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
        List<PeerAddress> holding =
                snapshot.getPeersList().stream()
                        .filter(it -> holds(it.getAddress(), it.getPrefixLength(), address))
                        .toList();
        assertThat(holding).as("peers are disjoint").hasSizeLessThanOrEqualTo(1);
        if (holding.isEmpty()) {
            return new Peer.Somewhere(address);
        }
        PeerAddress peer = holding.getFirst();
        String id = snapshot.getText(peer.getId());
        String namespace = snapshot.getText(peer.getNamespace());
        return peer.getType() == PeerType.PEER_PROCESSING_UNIT
                ? new Peer.Unit(id, namespace)
                : new Peer.Network(id, namespace);
    }

    private static boolean holds(ByteString address, int length, InetAddress peer) {
        return Prefix.ofBytes(address.toByteArray(), length).contains(Prefix.of(peer));
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
