package io.ringfence.contracts.port;

import io.ringfence.contracts.port.ProtocolPorts.Any;
import io.ringfence.contracts.port.ProtocolPorts.Codes;
import io.ringfence.contracts.port.ProtocolPorts.Icmp;
import io.ringfence.contracts.port.ProtocolPorts.Ports;
import io.ringfence.contracts.port.ProtocolPorts.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Reads one lower-case entry of `protocolPorts`.
final class ProtocolPortsParser {
    private ProtocolPortsParser() {}

    static ProtocolPorts parse(String text) {
        int slash = text.indexOf('/');
        String name = slash < 0 ? text : text.substring(0, slash);
        boolean bare = slash < 0;
        String rest = bare ? "" : text.substring(slash + 1);
        return switch (name) {
            case "any" -> bareOnly(text, bare, new Any());
            case "tcp" -> ports(text, ProtocolPorts.TCP, rest);
            case "udp" -> ports(text, ProtocolPorts.UDP, rest);
            case "icmp" -> icmp(text, ProtocolPorts.ICMP, bare, rest);
            case "icmp6", "ipv6-icmp" -> icmp(text, ProtocolPorts.ICMP6, bare, rest);
            default -> bareOnly(text, bare, other(text, name));
        };
    }

    private static ProtocolPorts other(String text, String name) {
        OptionalInt number = IanaProtocols.numberOf(name);
        if (number.isEmpty()) {
            throw refuse(
                    text,
                    "must start with any, tcp, udp, icmp, icmp6 or another IANA protocol name");
        }
        return new Protocol(number.getAsInt());
    }

    private static ProtocolPorts bareOnly(String text, boolean bare, ProtocolPorts parsed) {
        if (!bare) {
            throw refuse(text, "must not have a port: only tcp and udp have ports");
        }
        return parsed;
    }

    private static ProtocolPorts ports(String text, int protocol, String rest) {
        if (rest.isEmpty()) {
            throw refuse(text, "needs a port or a range, such as tcp/443 or tcp/8000:8010");
        }
        int colon = rest.indexOf(':');
        if (colon < 0) {
            int port = number(text, rest, 1, 65535);
            return new Ports(protocol, port, port);
        }
        int low = number(text, rest.substring(0, colon), 1, 65535);
        int high = number(text, rest.substring(colon + 1), 1, 65535);
        if (low >= high) {
            throw refuse(text, "must name the lower port first and a higher one after the colon");
        }
        return new Ports(protocol, low, high);
    }

    private static ProtocolPorts icmp(String text, int protocol, boolean bare, String rest) {
        if (bare) {
            return new Icmp(protocol, OptionalInt.empty(), List.of());
        }
        int slash = rest.indexOf('/');
        String type = slash < 0 ? rest : rest.substring(0, slash);
        List<Codes> codes = new ArrayList<>();
        if (slash >= 0) {
            for (String code : rest.substring(slash + 1).split(",", -1)) {
                codes.add(codes(text, code));
            }
        }
        return new Icmp(protocol, OptionalInt.of(number(text, type, 0, 255)), codes);
    }

    private static Codes codes(String text, String code) {
        int colon = code.indexOf(':');
        if (colon < 0) {
            int single = number(text, code, 0, 255);
            return new Codes(single, single);
        }
        int low = number(text, code.substring(0, colon), 0, 255);
        int high = number(text, code.substring(colon + 1), 0, 255);
        if (low >= high) {
            throw refuse(text, "must name the lower code first and a higher one after the colon");
        }
        return new Codes(low, high);
    }

    private static int number(String text, String digits, int least, int most) {
        boolean wellFormed =
                !digits.isEmpty()
                        && digits.length() <= 5
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = wellFormed ? Integer.parseInt(digits) : -1;
        if (value < least || value > most) {
            throw refuse(
                    text,
                    "has '%s' where a number from %d to %d belongs".formatted(digits, least, most));
        }
        return value;
    }

    private static IllegalArgumentException refuse(String text, String complaint) {
        return new IllegalArgumentException("Protocol port '%s' %s".formatted(text, complaint));
    }
}
