package io.ringfence.enforcer.observe;

import io.ringfence.enforcer.netlink.Addresses;
import io.ringfence.enforcer.netlink.LoggedPacket;
import java.net.InetAddress;

/// Where the parts of one logged packet are. Reused from packet to packet, so that a packet which
/// begins no flow costs no memory.
final class PacketHeaders {
    private static final int HOP_BY_HOP = 0;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int SCTP = 132;
    private static final int UDP_LITE = 136;

    private int protocol;
    private int addressAt;
    private int addressBytes;
    private int transportAt;
    private boolean transportReadable;

    /// @return false if this is no IP packet, or cut too short to say
    boolean read(LoggedPacket packet) {
        int kept = packet.payloadLength();
        if (kept < 20) {
            return false;
        }
        switch (packet.unsignedByte(0) >> 4) {
            case 4 -> {
                protocol = packet.unsignedByte(9);
                addressAt = 12;
                addressBytes = 4;
                transportAt = (packet.unsignedByte(0) & 15) * 4;
            }
            case 6 -> {
                if (kept < 40 || !skipExtensions(packet, kept)) {
                    return false;
                }
                addressAt = 8;
                addressBytes = 16;
            }
            default -> {
                return false;
            }
        }
        transportReadable =
                transportAt + (protocol == ICMP || protocol == ICMPV6 || protocol == TCP ? 8 : 4)
                        <= kept;
        return transportReadable || !hasPorts();
    }

    private boolean skipExtensions(LoggedPacket packet, int kept) {
        protocol = packet.unsignedByte(6);
        transportAt = 40;
        while (true) {
            int length;
            switch (protocol) {
                case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS -> {
                    if (transportAt + 2 > kept) {
                        return false;
                    }
                    length = 8 + packet.unsignedByte(transportAt + 1) * 8;
                }
                case FRAGMENT -> length = 8;
                default -> {
                    return true;
                }
            }
            if (transportAt + length > kept) {
                return false;
            }
            protocol = packet.unsignedByte(transportAt);
            transportAt += length;
        }
    }

    private boolean hasPorts() {
        return protocol == TCP || protocol == UDP || protocol == SCTP || protocol == UDP_LITE;
    }

    boolean isTcp() {
        return protocol == TCP;
    }

    int protocol() {
        return protocol;
    }

    int destinationPort(LoggedPacket packet) {
        return hasPorts() ? packet.unsignedShort(transportAt + 2) : 0;
    }

    InetAddress source(LoggedPacket packet) {
        return Addresses.of(packet.bytes(addressAt, addressBytes));
    }

    InetAddress destination(LoggedPacket packet) {
        return Addresses.of(packet.bytes(addressAt + addressBytes, addressBytes));
    }

    /// One number for everything that tells this flow from another: addresses, protocol, and ports
    /// and initial sequence number (TCP), ports (UDP and its kin), or the echo's id (ICMP). Two
    /// flows share one by an accident of 1 in 2^64.
    long fingerprint(LoggedPacket packet, long seed) {
        long hash = mix(seed ^ protocol);
        for (int at = 0; at < 2 * addressBytes; at += 4) {
            hash = mix(hash ^ packet.integer(addressAt + at));
        }
        if (hasPorts()) {
            hash = mix(hash ^ packet.integer(transportAt));
        } else if (transportReadable && (protocol == ICMP || protocol == ICMPV6)) {
            hash =
                    mix(
                            hash
                                    ^ (long) packet.unsignedByte(transportAt) << 16
                                    ^ packet.unsignedShort(transportAt + 4));
        }
        return isTcp() ? mix(hash ^ packet.integer(transportAt + 4)) : hash;
    }

    /// The finalizer of SplitMix64, preceded by its increment.
    private static long mix(long value) {
        long mixed = value * 0x9e3779b97f4a7c15L + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
