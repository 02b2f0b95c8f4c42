package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.dataplane.Bypass;
import io.ringfence.enforcer.dataplane.Cidr;
import io.ringfence.enforcer.dataplane.ControlEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Where the enforcer's own connections go, resolved again whenever asked; an address that cannot
/// be resolved now keeps its last answer.
final class ControlChannel {
    private static final Path RESOLVERS = Path.of("/etc/resolv.conf");

    /// Where systemd-resolved asks. Some programs ask it by other means than DNS, so its own
    /// queries count, too.
    private static final Path RESOLVERS_BEHIND = Path.of("/run/systemd/resolve/resolv.conf");

    private static final String NAMESERVER = "nameserver ";

    private final List<HostPort> endpoints;
    private final List<Cidr> failSafeSsh;
    private final TreeMap<String, List<InetAddress>> known = new TreeMap<>();

    ControlChannel(List<HostPort> endpoints, List<Cidr> failSafeSsh) {
        this.endpoints = endpoints;
        this.failSafeSsh = failSafeSsh;
    }

    synchronized Bypass resolve() {
        List<ControlEndpoint> resolved = new ArrayList<>();
        for (HostPort endpoint : endpoints) {
            for (InetAddress address : addresses(endpoint.name())) {
                resolved.add(new ControlEndpoint(address, endpoint.port()));
            }
        }
        Set<InetAddress> resolvers = new LinkedHashSet<>(resolvers(RESOLVERS));
        resolvers.addAll(resolvers(RESOLVERS_BEHIND));
        return new Bypass(resolved, failSafeSsh, List.copyOf(resolvers));
    }

    private List<InetAddress> addresses(String name) {
        try {
            known.put(name, List.of(InetAddress.getAllByName(name)));
        } catch (UnknownHostException keepsTheLastAnswer) {
            known.putIfAbsent(name, List.of());
        }
        return known.getOrDefault(name, List.of());
    }

    private static List<InetAddress> resolvers(Path file) {
        List<InetAddress> resolvers = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(NAMESERVER)) {
                    resolvers.add(
                            InetAddress.ofLiteral(line.substring(NAMESERVER.length()).strip()));
                }
            }
        } catch (IOException | IllegalArgumentException noneConfigured) {
            return List.copyOf(resolvers);
        }
        return resolvers;
    }
}
