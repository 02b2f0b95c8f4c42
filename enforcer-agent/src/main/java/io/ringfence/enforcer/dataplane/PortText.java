package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PortRule;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes the match of one program entry, as seen in packets from the connection's source and in
/// the answers to them.
final class PortText {
    static final int ICMP = 1;
    static final int ICMPV6 = 58;

    private PortText() {}

    static String ofQuestion(PortRule rule) {
        return rule.hasIcmpType() ? icmp(rule, rule.getIcmpType()) : ports(rule, "dport");
    }

    /// Nothing for a kind of message that has no answer.
    static Optional<String> ofAnswer(PortRule rule) {
        return rule.hasIcmpType()
                ? answerTo(rule.getProtocol(), rule.getIcmpType()).map(type -> icmp(rule, type))
                : Optional.of(ports(rule, "sport"));
    }

    private static String ports(PortRule rule, String end) {
        if (rule.getProtocol() == 0) {
            return "";
        }
        String protocol = "meta l4proto " + rule.getProtocol();
        return isEveryPort(rule)
                ? protocol
                : protocol + " th " + end + " " + range(rule.getPortLow(), rule.getPortHigh());
    }

    static boolean isEveryPort(PortRule rule) {
        return rule.getPortHigh() == 0 || rule.getPortLow() == 0 && rule.getPortHigh() == 65535;
    }

    private static String icmp(PortRule rule, int type) {
        String name = rule.getProtocol() == ICMP ? "icmp" : "icmpv6";
        String match = name + " type " + type;
        if (rule.getIcmpCodesCount() == 0) {
            return match;
        }
        return rule.getIcmpCodesList().stream()
                .map(codes -> range(codes.getLow(), codes.getHigh()))
                .collect(Collectors.joining(", ", match + " " + name + " code { ", " }"));
    }

    private static String range(int low, int high) {
        return low == high ? "" + low : low + "-" + high;
    }

    private static Optional<Integer> answerTo(int protocol, int type) {
        if (protocol == ICMPV6) {
            return type == 128 ? Optional.of(129) : Optional.empty();
        }
        return switch (type) {
            case 8 -> Optional.of(0);
            case 13, 15, 17 -> Optional.of(type + 1);
            default -> Optional.empty();
        };
    }

    static void check(PortRule rule, int decisions) throws DataplaneException {
        boolean portsWithin =
                rule.getPortLow() >= 0
                        && rule.getPortLow() <= rule.getPortHigh()
                        && rule.getPortHigh() <= 65535;
        boolean icmpFits =
                !rule.hasIcmpType() || rule.getProtocol() == ICMP || rule.getProtocol() == ICMPV6;
        boolean protocolFits =
                rule.getProtocol() >= 0
                        && rule.getProtocol() <= 255
                        && (rule.getProtocol() != 0 || isEveryPort(rule));
        boolean decisionExists = rule.getDecision() >= 0 && rule.getDecision() < decisions;
        if (!portsWithin || !icmpFits || !protocolFits || !decisionExists) {
            throw new DataplaneException(
                    "program entry makes no sense: " + rule.toString().replace('\n', ' '));
        }
    }
}
