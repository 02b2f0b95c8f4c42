package io.ringfence.enforcer.enroll;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What this host says about itself; the console takes it as a claim.
///
/// @param machineId stays the same for the life of the installation
/// @param addresses literal, sorted
public record Host(
        String name,
        String fullyQualifiedName,
        String machineId,
        List<String> tags,
        SortedSet<String> addresses) {

    public Host withAddresses(Set<InetAddress> current) {
        SortedSet<String> literal = new TreeSet<>();
        current.forEach(address -> literal.add(withoutZone(address.getHostAddress())));
        return new Host(name, fullyQualifiedName, machineId, tags, literal);
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
