package io.ringfence.engine;

import io.ringfence.contracts.port.ProtocolPorts;

/// What a packet asks for, beside its addresses: an IANA protocol number and, where the protocol
/// has them, a destination port or an ICMP type and code (0 otherwise).
public record Traffic(int protocol, int port, int icmpType, int icmpCode) {
    private static final int UNKNOWN = -1;

    public static Traffic tcp(int port) {
        return new Traffic(ProtocolPorts.TCP, port, 0, 0);
    }

    public static Traffic udp(int port) {
        return new Traffic(ProtocolPorts.UDP, port, 0, 0);
    }

    public static Traffic icmp(int type, int code) {
        return new Traffic(ProtocolPorts.ICMP, 0, type, code);
    }

    public static Traffic icmp6(int type, int code) {
        return new Traffic(ProtocolPorts.ICMP6, 0, type, code);
    }

    /// As a flow report tells it, which keeps no ICMP types: only what speaks of all types covers
    /// it.
    public static Traffic reported(int protocol, int port) {
        return new Traffic(protocol, port, UNKNOWN, UNKNOWN);
    }

    public boolean isIcmp() {
        return protocol == ProtocolPorts.ICMP || protocol == ProtocolPorts.ICMP6;
    }

    public static Traffic protocol(int number) {
        return new Traffic(number, 0, 0, 0);
    }
}
