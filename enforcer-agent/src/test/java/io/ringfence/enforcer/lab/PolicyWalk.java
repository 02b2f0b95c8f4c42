package io.ringfence.enforcer.lab;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.enforcer.dataplane.Direction;
import io.ringfence.engine.form.CanonicalForm;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Policies of which each differs a little from the one before, in the canonical form that they
/// arrive in: addresses come, go and move between classes, and with them classes and decisions.
///
/// There are rules for each port and action. A class is a set of them, the decision of a rule says
/// its name, and what no rule matches is rejected.
public final class PolicyWalk {
    public static final String DEFAULT = "default";

    private final Random random;
    private final List<String> addresses;
    private final List<Integer> ports;
    private final int rules;
    private final Map<Direction, Map<String, Integer>> classes = new EnumMap<>(Direction.class);
    private int steps;

    public PolicyWalk(long seed, List<String> addresses, List<Integer> ports) {
        this.random = new Random(seed);
        this.addresses = addresses;
        this.ports = ports;
        this.rules = 2 * ports.size();
        for (Direction direction : Direction.values()) {
            classes.put(direction, new TreeMap<>());
        }
    }

    public PolicySnapshot next() {
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            Direction direction = random.nextBoolean() ? Direction.INCOMING : Direction.OUTGOING;
            String address = addresses.get(random.nextInt(addresses.size()));
            if (random.nextInt(4) == 0) {
                rulesOf(direction).remove(address);
            } else {
                rulesOf(direction).put(address, random.nextInt(1 << rules));
            }
        }
        return policy();
    }

    /// Who decides about a connection: the name of a rule, or [#DEFAULT].
    public String decides(Direction direction, String peer, int port) {
        int matching = rulesOf(direction).getOrDefault(peer, 0);
        for (int rule = 0; rule < rules; rule++) {
            if ((matching & 1 << rule) != 0 && portOf(rule) == port) {
                return name(rule);
            }
        }
        return DEFAULT;
    }

    public boolean allows(Direction direction, String peer, int port) {
        return decides(direction, peer, port).startsWith("ALLOW");
    }

    private Map<String, Integer> rulesOf(Direction direction) {
        return classes.computeIfAbsent(direction, _ -> new TreeMap<>());
    }

    private int portOf(int rule) {
        return ports.get(rule % ports.size());
    }

    private static PolicyAction actionOf(int rule) {
        return rule % 3 == 0 ? PolicyAction.DENY : PolicyAction.ALLOW;
    }

    private static String name(int rule) {
        return actionOf(rule) + "-" + rule;
    }

    private PolicySnapshot policy() {
        PolicySnapshot.Builder snapshot =
                PolicySnapshot.newBuilder()
                        .setVersion(++steps)
                        .setDigest(ByteString.copyFrom("walk" + steps, StandardCharsets.US_ASCII))
                        .addText("")
                        .addText(DEFAULT);
        for (int rule = 0; rule < rules; rule++) {
            snapshot.addText(name(rule));
        }
        snapshot.addProcessingUnits(
                ProcessingUnitPolicy.newBuilder()
                        .setProcessingUnitId("unit")
                        .setNamespace("/acme/shop")
                        .setIncoming(direction(rulesOf(Direction.INCOMING)))
                        .setOutgoing(direction(rulesOf(Direction.OUTGOING))));
        return CanonicalForm.of(snapshot.build());
    }

    private DirectionPolicy direction(Map<String, Integer> rulesOfAddress) {
        DirectionPolicy.Builder policy =
                DirectionPolicy.newBuilder()
                        .addDecisions(decision(PolicyAction.DENY, 1))
                        .addClasses(PeerClass.getDefaultInstance());
        for (int rule = 0; rule < rules; rule++) {
            policy.addDecisions(decision(actionOf(rule), 2 + rule));
        }
        List<Integer> known = new ArrayList<>();
        rulesOfAddress.forEach((address, matching) -> {
            if (!known.contains(matching)) {
                known.add(matching);
                policy.addClasses(peerClass(matching));
            }
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            policy.addAddresses(
                    AddressClass.newBuilder()
                            .setAddress(ByteString.copyFrom(bytes))
                            .setPrefixLength(8 * bytes.length)
                            .setPeerClass(1 + known.indexOf(matching)));
        });
        return policy.build();
    }

    private static Decision decision(PolicyAction action, int text) {
        return Decision.newBuilder().setAction(action).setPolicyId(text).build();
    }

    private PeerClass peerClass(int matching) {
        PeerClass.Builder program = PeerClass.newBuilder();
        for (int rule = 0; rule < rules; rule++) {
            if ((matching & 1 << rule) != 0) {
                program.addProgram(
                        PortRule.newBuilder()
                                .setProtocol(Policies.TCP)
                                .setPortLow(portOf(rule))
                                .setPortHigh(portOf(rule))
                                .setDecision(1 + rule));
            }
        }
        return program.build();
    }
}
