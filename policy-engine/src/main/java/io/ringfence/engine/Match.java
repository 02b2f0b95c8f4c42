package io.ringfence.engine;

import io.ringfence.contracts.policy.IcmpCodes;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.port.ProtocolPorts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A set of packets that one [PortRule] can describe: protocol 0 is any, ports 0..0 are all, type
/// -1 is all, no codes are all. Such sets are closed under intersection, which is why observed and
/// enforced rules can be folded into one list where the first match decides.
record Match(int protocol, int low, int high, int icmpType, List<ProtocolPorts.Codes> codes) {
    static final Match EVERYTHING = new Match(0, 0, 0, -1, List.of());

    static List<Match> of(Rule rule) {
        return rule.ports().isEmpty()
                ? List.of(EVERYTHING)
                : rule.ports().stream().map(Match::of).toList();
    }

    static Match of(ProtocolPorts ports) {
        return switch (ports) {
            case ProtocolPorts.Any() -> EVERYTHING;
            case ProtocolPorts.Ports(int protocol, int low, int high) ->
                    new Match(protocol, low, high, -1, List.of());
            case ProtocolPorts.Icmp icmp ->
                    new Match(icmp.protocol(), 0, 0, icmp.type().orElse(-1), merge(icmp.codes()));
            case ProtocolPorts.Protocol(int number) -> new Match(number, 0, 0, -1, List.of());
        };
    }

    /// The reverse of [#toPortRule].
    static Match of(PortRule rule) {
        return new Match(
                rule.getProtocol(),
                rule.getPortLow(),
                rule.getPortHigh(),
                rule.hasIcmpType() ? rule.getIcmpType() : -1,
                rule.getIcmpCodesList().stream()
                        .map(codes -> new ProtocolPorts.Codes(codes.getLow(), codes.getHigh()))
                        .toList());
    }

    /// What both describe; null when that is nothing.
    @Nullable Match and(Match other) {
        if (protocol == 0) {
            return other;
        }
        if (other.protocol == 0) {
            return this;
        }
        if (protocol != other.protocol) {
            return null;
        }
        if (high == 0 && icmpType < 0) {
            return other;
        }
        if (other.high == 0 && other.icmpType < 0) {
            return this;
        }
        return high > 0 ? andPorts(other) : andTypes(other);
    }

    private @Nullable Match andPorts(Match other) {
        int from = Math.max(low, other.low);
        int to = Math.min(high, other.high);
        return from > to ? null : new Match(protocol, from, to, -1, List.of());
    }

    private @Nullable Match andTypes(Match other) {
        if (icmpType != other.icmpType) {
            return null;
        }
        if (codes.isEmpty() || other.codes.isEmpty()) {
            return codes.isEmpty() ? other : this;
        }
        List<ProtocolPorts.Codes> common = new ArrayList<>();
        for (ProtocolPorts.Codes mine : codes) {
            for (ProtocolPorts.Codes theirs : other.codes) {
                int from = Math.max(mine.low(), theirs.low());
                int to = Math.min(mine.high(), theirs.high());
                if (from <= to) {
                    common.add(new ProtocolPorts.Codes(from, to));
                }
            }
        }
        return common.isEmpty() ? null : new Match(protocol, 0, 0, icmpType, merge(common));
    }

    /// Whether nothing of `other` lies outside.
    boolean covers(Match other) {
        return other.equals(and(other));
    }

    PortRule.Builder toPortRule() {
        PortRule.Builder rule =
                PortRule.newBuilder().setProtocol(protocol).setPortLow(low).setPortHigh(high);
        if (icmpType >= 0) {
            rule.setIcmpType(icmpType);
        }
        for (ProtocolPorts.Codes range : codes) {
            rule.addIcmpCodes(IcmpCodes.newBuilder().setLow(range.low()).setHigh(range.high()));
        }
        return rule;
    }

    /// Sorted, disjoint, not adjacent: one form per set.
    private static List<ProtocolPorts.Codes> merge(List<ProtocolPorts.Codes> codes) {
        List<ProtocolPorts.Codes> merged = new ArrayList<>();
        for (ProtocolPorts.Codes next :
                codes.stream().sorted(Comparator.comparingInt(ProtocolPorts.Codes::low)).toList()) {
            if (merged.isEmpty() || merged.getLast().high() + 1 < next.low()) {
                merged.add(next);
            } else {
                ProtocolPorts.Codes last = merged.removeLast();
                merged.add(new ProtocolPorts.Codes(last.low(), Math.max(last.high(), next.high())));
            }
        }
        return merged;
    }
}
