package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;

/// Says about a TCP connection what the kernel's rules say about its packets.
final class TcpJudge {
    private static final int TCP = 6;

    enum Verdict {
        REJECT,
        ALLOW,
        REJECT_BY_DEFAULT,
        ALLOW_BY_DEFAULT;

        boolean rejects() {
            return this == REJECT || this == REJECT_BY_DEFAULT;
        }
    }

    private final Map<Direction, DirectionPolicy> policies = new EnumMap<>(Direction.class);
    private final Map<Direction, AddressTable<Integer>> classes = new EnumMap<>(Direction.class);

    TcpJudge(ProcessingUnitPolicy unit) {
        add(Direction.INCOMING, unit.getIncoming());
        add(Direction.OUTGOING, unit.getOutgoing());
    }

    private void add(Direction direction, DirectionPolicy policy) {
        AddressTable<Integer> table = new AddressTable<>();
        for (AddressClass address : policy.getAddressesList()) {
            table.put(address.getAddress(), address.getPrefixLength(), address.getPeerClass());
        }
        policies.put(direction, policy);
        classes.put(direction, table);
    }

    Verdict judge(Direction direction, InetAddress peer, int destinationPort) {
        DirectionPolicy policy =
                policies.getOrDefault(direction, DirectionPolicy.getDefaultInstance());
        int peerClass = classes.getOrDefault(direction, new AddressTable<>()).find(peer).orElse(0);
        int decision =
                peerClass == 0
                        ? 0
                        : policy.getClasses(peerClass).getProgramList().stream()
                                .filter(rule -> matches(rule, destinationPort))
                                .findFirst()
                                .map(PortRule::getDecision)
                                .orElse(0);
        boolean allows = policy.getDecisions(decision).getAction() == PolicyAction.ALLOW;
        if (decision == 0) {
            return allows ? Verdict.ALLOW_BY_DEFAULT : Verdict.REJECT_BY_DEFAULT;
        }
        return allows ? Verdict.ALLOW : Verdict.REJECT;
    }

    /// For a connection nobody knows the opener of (DESIGN §4, 8).
    static boolean rejectsMidstream(Verdict incoming, Verdict outgoing) {
        if (incoming == Verdict.REJECT || outgoing == Verdict.REJECT) {
            return true;
        }
        if (incoming == Verdict.ALLOW || outgoing == Verdict.ALLOW) {
            return false;
        }
        return incoming.rejects() || outgoing.rejects();
    }

    private static boolean matches(PortRule rule, int port) {
        return rule.getProtocol() == 0
                || rule.getProtocol() == TCP
                        && (PortText.isEveryPort(rule)
                                || rule.getPortLow() <= port && port <= rule.getPortHigh());
    }
}
