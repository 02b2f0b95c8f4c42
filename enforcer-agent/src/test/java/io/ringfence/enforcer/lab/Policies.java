package io.ringfence.enforcer.lab;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.enforcer.dataplane.Cidr;
import io.ringfence.enforcer.dataplane.Direction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes compiled policies as a test would say them: `policy(REJECT).incoming("10.99.0.2", TCP,
/// 80, ALLOW)`.
public final class Policies {
    public static final int ANY = 0;
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMPV6 = 58;
    public static final int EVERY_PORT = 0;
    public static final PolicyAction ALLOW = PolicyAction.ALLOW;
    public static final PolicyAction DENY = PolicyAction.DENY;

    private final PolicySnapshot.Builder snapshot = PolicySnapshot.newBuilder().addText("");
    private final Map<Direction, DirectionPolicy.Builder> directions =
            new EnumMap<>(Direction.class);
    private final Map<Direction, Map<String, PeerClass.Builder>> programs =
            new EnumMap<>(Direction.class);

    private Policies(PolicyAction incomingDefault, PolicyAction outgoingDefault) {
        begin(Direction.INCOMING, incomingDefault);
        begin(Direction.OUTGOING, outgoingDefault);
    }

    public static Policies policy(PolicyAction bothDefaults) {
        return new Policies(bothDefaults, bothDefaults);
    }

    public static Policies policy(PolicyAction incomingDefault, PolicyAction outgoingDefault) {
        return new Policies(incomingDefault, outgoingDefault);
    }

    private void begin(Direction direction, PolicyAction action) {
        Decision byDefault =
                Decision.newBuilder().setAction(action).setPolicyId(text("default")).build();
        directions.put(
                direction,
                DirectionPolicy.newBuilder()
                        .addDecisions(byDefault)
                        .addClasses(PeerClass.getDefaultInstance()));
        programs.put(direction, new LinkedHashMap<>());
    }

    public Policies incoming(String peer, int protocol, int port, PolicyAction action) {
        return rule(
                Direction.INCOMING,
                peer,
                PortRule.newBuilder().setProtocol(protocol).setPortLow(port).setPortHigh(port),
                action);
    }

    public Policies outgoing(String peer, int protocol, int port, PolicyAction action) {
        return rule(
                Direction.OUTGOING,
                peer,
                PortRule.newBuilder().setProtocol(protocol).setPortLow(port).setPortHigh(port),
                action);
    }

    /// A rule of its own ruleset, whose name tells what it does.
    public Policies rule(
            Direction direction, String peer, PortRule.Builder rule, PolicyAction action) {
        return rule(direction, peer, rule, Decision.newBuilder().setAction(action));
    }

    public Policies rule(
            Direction direction, String peer, PortRule.Builder rule, Decision.Builder decision) {
        DirectionPolicy.Builder policy = direction(direction);
        int number = policy.getDecisionsCount();
        policy.addDecisions(
                decision.setPolicyId(text(direction + "-" + number))
                        .setPolicyNamespace(text("/acme")));
        programs.computeIfAbsent(direction, unseen -> new LinkedHashMap<>())
                .computeIfAbsent(peer, unseen -> PeerClass.newBuilder())
                .addProgram(rule.setDecision(number));
        return this;
    }

    public Policies peer(String cidr, String id, PeerType type, boolean enforced) {
        Cidr prefix = Cidr.parse(cidr);
        snapshot.addPeers(
                PeerAddress.newBuilder()
                        .setAddress(ByteString.copyFrom(prefix.address().getAddress()))
                        .setPrefixLength(prefix.prefixLength())
                        .setType(type)
                        .setId(text(id))
                        .setNamespace(text("/acme"))
                        .setEnforced(enforced));
        return this;
    }

    private int text(String text) {
        snapshot.addText(text);
        return snapshot.getTextCount() - 1;
    }

    private DirectionPolicy.Builder direction(Direction direction) {
        return directions.computeIfAbsent(direction, unseen -> DirectionPolicy.newBuilder());
    }

    public PolicySnapshot build() {
        ProcessingUnitPolicy unit =
                ProcessingUnitPolicy.newBuilder()
                        .setProcessingUnitId("unit")
                        .setNamespace("/acme/shop")
                        .setIncoming(finish(Direction.INCOMING))
                        .setOutgoing(finish(Direction.OUTGOING))
                        .build();
        ByteString digest =
                ByteString.copyFrom(
                        Integer.toHexString(unit.hashCode()),
                        java.nio.charset.StandardCharsets.US_ASCII);
        return snapshot.clone().addProcessingUnits(unit).setDigest(digest).build();
    }

    private DirectionPolicy finish(Direction direction) {
        DirectionPolicy.Builder policy = direction(direction).clone();
        List<Map.Entry<String, PeerClass.Builder>> classes =
                new ArrayList<>(programs.getOrDefault(direction, Map.of()).entrySet());
        for (Map.Entry<String, PeerClass.Builder> entry : classes) {
            Cidr prefix = Cidr.parse(entry.getKey());
            policy.addAddresses(
                    AddressClass.newBuilder()
                            .setAddress(ByteString.copyFrom(prefix.address().getAddress()))
                            .setPrefixLength(prefix.prefixLength())
                            .setPeerClass(policy.getClassesCount()));
            policy.addClasses(entry.getValue());
        }
        return policy.build();
    }
}
