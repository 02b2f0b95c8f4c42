package io.ringfence.enforcer.dataplane;

import java.net.InetAddress;
import java.util.List;

/// What no policy can close (DESIGN §4, 9), beyond loopback, DHCP and neighbour discovery, which
/// always pass.
///
/// @param controlChannel every address of gateway and Kafka, as resolved now; untracked both ways
/// @param failSafeSsh networks whose SSH (tcp/22 of this host) stays open; untracked both ways
/// @param resolvers the resolvers the host is configured with; DNS of this host's own root-run
///   enforcer towards them passes
public record Bypass(
        List<ControlEndpoint> controlChannel, List<Cidr> failSafeSsh, List<InetAddress> resolvers) {
    public static final Bypass NONE = new Bypass(List.of(), List.of(), List.of());

    public Bypass {
        controlChannel = List.copyOf(controlChannel);
        failSafeSsh = List.copyOf(failSafeSsh);
        resolvers = List.copyOf(resolvers);
    }
}
