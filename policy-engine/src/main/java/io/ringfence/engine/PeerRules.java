package io.ringfence.engine;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.port.ProtocolPorts;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.Supplier;

/// The rules whose object a peer matches: by its own tags, or, where the judged one's enforcer does
/// not know it, by the external networks around it. That can differ by protocol, and seldom does,
/// which is what the hash is made for. The sets are not changed any more.
///
/// @param other for all protocols but TCP and UDP
record PeerRules(BitSet tcp, BitSet udp, BitSet other) {
    PeerRules {
        tcp = tcp.equals(other) ? other : tcp;
        udp = udp.equals(other) ? other : udp;
    }

    static PeerRules same(BitSet rules) {
        return new PeerRules(rules, rules, rules);
    }

    /// @param address of a processing unit
    /// @param ofUnit what matches the unit
    /// @param ofNetworks what matches the networks around it; asked for only if needed
    static PeerRules of(
            TargetNetworks targets, Prefix address, BitSet ofUnit, Supplier<BitSet> ofNetworks) {
        boolean tcp = targets.hold(ProtocolPorts.TCP, address);
        boolean udp = targets.hold(ProtocolPorts.UDP, address);
        if (tcp && udp) {
            return same(ofUnit);
        }
        BitSet outside = ofNetworks.get();
        return new PeerRules(tcp ? ofUnit : outside, udp ? ofUnit : outside, ofUnit);
    }

    @Override
    public int hashCode() {
        return tcp == other && udp == other ? other.hashCode() : Objects.hash(tcp, udp, other);
    }
}
