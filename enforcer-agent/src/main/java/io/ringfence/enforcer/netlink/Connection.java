package io.ringfence.enforcer.netlink;

import java.net.InetAddress;

/// A connection's two ends; source is whoever opened it where that is known, the local end where it
/// is not.
public record Connection(
        InetAddress source, int sourcePort, InetAddress destination, int destinationPort) {
    public Connection reversed() {
        return new Connection(destination, destinationPort, source, sourcePort);
    }
}
