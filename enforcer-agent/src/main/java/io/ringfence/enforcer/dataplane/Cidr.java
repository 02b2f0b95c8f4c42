package io.ringfence.enforcer.dataplane;

import java.math.BigInteger;
import java.net.InetAddress;

/// An address prefix, IPv4 or IPv6.
public record Cidr(InetAddress address, int prefixLength) {
    public Cidr {
        int bits = address.getAddress().length * 8;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    "prefix length "
                            + prefixLength
                            + " of "
                            + address.getHostAddress()
                            + " is not within 0.."
                            + bits);
        }
    }

    /// Reads `10.0.0.0/8`, `fd00::/8`, or a single address. Names are refused, nothing is resolved.
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        return new Cidr(
                address,
                slash < 0
                        ? address.getAddress().length * 8
                        : Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        BigInteger difference = new BigInteger(1, mine).xor(new BigInteger(1, theirs));
        return difference.bitLength() <= mine.length * 8 - prefixLength;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
