package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.port.ProtocolPorts;
import java.net.InetAddress;
import java.util.List;

/// Where an enforcer knows processing units by their tags: inside. An address outside is judged by
/// external networks, whoever it belongs to (DESIGN §4.6). Source: `targetNetworks` and
/// `targetUDPNetworks` of the enforcer's profiles, api.md §2; protocols beside TCP and UDP have no
/// outside.
///
/// @param tcp one list for each profile that has one. An address is inside if one of the lists
///   contains it; without any list every address is
/// @param udp likewise
public record TargetNetworks(List<List<NetworkEntry>> tcp, List<List<NetworkEntry>> udp) {
    public static final TargetNetworks EVERYWHERE = new TargetNetworks(List.of(), List.of());

    public TargetNetworks {
        tcp = tcp.stream().map(List::copyOf).toList();
        udp = udp.stream().map(List::copyOf).toList();
    }

    public boolean hold(int protocol, InetAddress address) {
        return hold(protocol, Prefix.of(address));
    }

    boolean hold(int protocol, Prefix address) {
        return switch (protocol) {
            case ProtocolPorts.TCP -> hold(tcp, address);
            case ProtocolPorts.UDP -> hold(udp, address);
            default -> true;
        };
    }

    private static boolean hold(List<List<NetworkEntry>> lists, Prefix address) {
        return lists.isEmpty()
                || lists.stream().anyMatch(entries -> Entries.contain(entries, address));
    }
}
