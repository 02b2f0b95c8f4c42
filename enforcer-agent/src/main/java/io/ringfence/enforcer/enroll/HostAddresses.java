package io.ringfence.enforcer.enroll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The addresses that other hosts may know this one by: of interfaces that are up, without
/// loopback, link-local and multicast addresses, and without the bridges of container engines,
/// whose addresses are the same on every host.
public final class HostAddresses {
    private static final List<String> ENGINE_BRIDGES = List.of("docker", "br-", "cni", "virbr");

    private HostAddresses() {}

    public static Set<InetAddress> current() throws IOException {
        Set<InetAddress> addresses = new HashSet<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (network.isUp() && isReachable(network)) {
                network.inetAddresses().filter(HostAddresses::isGlobal).forEach(addresses::add);
            }
        }
        return addresses;
    }

    private static boolean isReachable(NetworkInterface network) {
        return ENGINE_BRIDGES.stream().noneMatch(network.getName()::startsWith);
    }

    static boolean isGlobal(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && !address.isAnyLocalAddress();
    }
}
