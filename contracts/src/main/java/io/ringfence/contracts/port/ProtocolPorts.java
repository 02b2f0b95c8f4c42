package io.ringfence.contracts.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One entry of `protocolPorts`. Source: api.md §0, "Validation rules with teeth".
///
/// ```
/// any                                  only alone
/// tcp/443  udp/8000:8010               a port or a range, 1–65535, left < right
/// icmp  icmp/8  icmp6/1/0,3:5          optionally a type, then codes, each 0–255
/// gre                                  any other IANA protocol name, without ports
/// ```
///
/// Names are read in any case; `toString` is the canonical form.
public sealed interface ProtocolPorts {
    int TCP = 6;
    int UDP = 17;
    int ICMP = 1;
    int ICMP6 = 58;

    /// Every protocol, every port.
    record Any() implements ProtocolPorts {
        @Override
        public String toString() {
            return "any";
        }
    }

    /// TCP or UDP destination ports, both ends included.
    record Ports(int protocol, int low, int high) implements ProtocolPorts {
        public Ports {
            if (protocol != TCP && protocol != UDP) {
                throw new IllegalArgumentException("Only tcp and udp have ports");
            }
            if (low < 1 || high > 65535 || low > high) {
                throw new IllegalArgumentException(
                        "Ports %d:%d must be between 1 and 65535, the lower first"
                                .formatted(low, high));
            }
        }

        @Override
        public String toString() {
            String name = protocol == TCP ? "tcp/" : "udp/";
            return name + (low == high ? String.valueOf(low) : low + ":" + high);
        }
    }

    /// ICMP or ICMPv6; no type means every type, no codes every code.
    record Icmp(int protocol, OptionalInt type, List<Codes> codes) implements ProtocolPorts {
        public Icmp {
            codes = List.copyOf(codes);
            if (type.isEmpty() && !codes.isEmpty()) {
                throw new IllegalArgumentException("ICMP codes need a type before them");
            }
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(protocol == ICMP ? "icmp" : "icmp6");
            type.ifPresent(value -> text.append('/').append(value));
            for (int i = 0; i < codes.size(); i++) {
                text.append(i == 0 ? '/' : ',').append(codes.get(i));
            }
            return text.toString();
        }
    }

    /// ICMP codes, both ends included.
    record Codes(int low, int high) {
        @Override
        public String toString() {
            return low == high ? String.valueOf(low) : low + ":" + high;
        }
    }

    /// A protocol without ports, by its IANA number.
    record Protocol(int number) implements ProtocolPorts {
        @Override
        public String toString() {
            return IanaProtocols.nameOf(number);
        }
    }

    static ProtocolPorts parse(String text) {
        return ProtocolPortsParser.parse(text.strip().toLowerCase(Locale.ROOT));
    }

    /// A rule's whole list. Empty, null and `any` mean the same; `any` beside others is refused,
    /// since it would silently swallow them.
    static List<ProtocolPorts> parseAll(@Nullable List<String> texts) {
        List<ProtocolPorts> parsed = new ArrayList<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            parsed.add(parse(text));
        }
        if (parsed.size() > 1 && parsed.contains(new Any())) {
            throw new IllegalArgumentException(
                    "'any' must stand alone: remove it or the entries beside it");
        }
        return List.copyOf(parsed);
    }
}
