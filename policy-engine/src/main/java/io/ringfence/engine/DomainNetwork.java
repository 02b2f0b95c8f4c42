package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.NetworkPrefix;
import io.ringfence.contracts.policy.VisibleNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// An external network as a snapshot carries it.
record DomainNetwork(
        String id, String namespace, List<NetworkEntry.Domain> domains, List<NetworkEntry> others) {
    /// Of the network around an address, the length of its most specific entry, which is the whole
    /// address if DNS gave it for one of the network's names.
    record Containing(DomainNetwork network, int length, boolean byName) {}

    static DomainNetwork read(VisibleNetwork network, IntFunction<String> text) {
        List<NetworkEntry> others = new ArrayList<>();
        network.getIncludedList()
                .forEach(prefix -> others.add(new NetworkEntry.Included(read(prefix))));
        network.getExcludedList()
                .forEach(prefix -> others.add(new NetworkEntry.Excluded(read(prefix))));
        return new DomainNetwork(
                text.apply(network.getId()),
                text.apply(network.getNamespace()),
                network.getDomainsList().stream().map(DomainNetwork::domain).toList(),
                List.copyOf(others));
    }

    private static Prefix read(NetworkPrefix prefix) {
        return Prefix.ofBytes(prefix.getAddress().toByteArray(), prefix.getPrefixLength());
    }

    private static NetworkEntry.Domain domain(String text) {
        return NetworkEntry.parse(text) instanceof NetworkEntry.Domain domain
                ? domain
                : new NetworkEntry.Domain(text, false);
    }

    boolean hasDomains() {
        return !domains.isEmpty();
    }

    boolean names(Set<String> names) {
        return domains.stream().anyMatch(domain -> names.stream().anyMatch(domain::contains));
    }

    Optional<Containing> containing(Prefix address, Set<String> names) {
        boolean byName = names(names);
        List<NetworkEntry> entries = others;
        if (byName) {
            entries = new ArrayList<>(others);
            entries.add(new NetworkEntry.Included(address));
        }
        return Entries.contain(entries, address)
                ? Optional.of(new Containing(this, Entries.longest(entries, address), byName))
                : Optional.empty();
    }
}
