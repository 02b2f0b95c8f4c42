package io.ringfence.enforcer.observe;

import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.Side;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.enforcer.dataplane.AddressTable;
import io.ringfence.enforcer.dataplane.Direction;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// What one policy calls its decisions and the owners of addresses.
final class PolicyNames {
    private final Endpoint self;
    private final List<Judgement> incoming;
    private final List<Judgement> outgoing;
    private final AddressTable<Peer> peers = new AddressTable<>();

    private record Peer(Endpoint endpoint, boolean enforced) {}

    private static final Peer NOBODY = new Peer(Endpoint.UNKNOWN, false);

    /// @param policy with at least one processing unit; the first is the host that observes
    PolicyNames(PolicySnapshot policy) {
        IntFunction<String> text =
                index -> index < policy.getTextCount() ? policy.getText(index) : "";
        ProcessingUnitPolicy unit = policy.getProcessingUnits(0);
        self =
                new Endpoint(
                        EndpointType.PROCESSING_UNIT,
                        unit.getProcessingUnitId(),
                        unit.getNamespace());
        incoming = judgements(unit.getIncoming(), text);
        outgoing = judgements(unit.getOutgoing(), text);
        for (PeerAddress peer : policy.getPeersList()) {
            EndpointType type =
                    peer.getType() == PeerType.PEER_PROCESSING_UNIT
                            ? EndpointType.PROCESSING_UNIT
                            : EndpointType.EXTERNAL_NETWORK;
            Endpoint endpoint =
                    new Endpoint(type, text.apply(peer.getId()), text.apply(peer.getNamespace()));
            peers.put(
                    peer.getAddress(),
                    peer.getPrefixLength(),
                    new Peer(endpoint, peer.getEnforced()));
        }
    }

    private static List<Judgement> judgements(DirectionPolicy policy, IntFunction<String> text) {
        return policy.getDecisionsList().stream()
                .map(decision -> judgement(decision, text))
                .toList();
    }

    private static Judgement judgement(Decision decision, IntFunction<String> text) {
        return new Judgement(
                action(decision.getAction()),
                text.apply(decision.getPolicyId()),
                text.apply(decision.getPolicyName()),
                text.apply(decision.getPolicyNamespace()),
                text.apply(decision.getRuleName()),
                action(decision.getObservedAction()),
                text.apply(decision.getObservedPolicyId()),
                text.apply(decision.getObservedPolicyNamespace()));
    }

    private static FlowAction action(PolicyAction action) {
        return switch (action) {
            case ALLOW -> FlowAction.ACCEPT;
            case DENY -> FlowAction.REJECT;
            case POLICY_ACTION_UNSPECIFIED, UNRECOGNIZED -> FlowAction.FLOW_ACTION_UNSPECIFIED;
        };
    }

    /// Nothing if the policy has no such decision.
    Optional<FlowKey> flow(
            Direction direction,
            int decision,
            int protocol,
            InetAddress source,
            InetAddress destination,
            int destinationPort) {
        boolean arrives = direction == Direction.INCOMING;
        List<Judgement> judgements = arrives ? incoming : outgoing;
        if (decision < 0 || decision >= judgements.size()) {
            return Optional.empty();
        }
        Judgement judgement = judgements.get(decision);
        Peer peer = peers.find(arrives ? source : destination).orElse(NOBODY);
        boolean counted = arrives || judgement.action() == FlowAction.REJECT || !peer.enforced;
        return Optional.of(
                new FlowKey(
                        arrives ? Side.DESTINATION : Side.SOURCE,
                        protocol,
                        source,
                        destination,
                        destinationPort,
                        arrives ? peer.endpoint : self,
                        arrives ? self : peer.endpoint,
                        judgement,
                        counted));
    }
}
