package io.ringfence.enforcer.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Addresses as the kernel writes them.
public final class Addresses {
    private Addresses() {}

    /// @param bytes 4 or 16; an IPv4-mapped IPv6 address becomes the IPv4 address
    public static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(
                    "an address has 4 or 16 bytes, not " + bytes.length, wrongLength);
        }
    }
}
