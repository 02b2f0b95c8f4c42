package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.tag.TagExpression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The external networks that some namespaces see, and the regions they make of the address space.
public final class VisibleNetworks {
    private final List<ExternalNetwork> networks;
    private final List<Region> regions;

    /// Those of the networks that at least one of the namespaces sees.
    public static VisibleNetworks from(Collection<ExternalNetwork> networks, Set<String> seenFrom) {
        return new VisibleNetworks(
                networks.stream()
                        .filter(network -> isSeen(network, seenFrom))
                        .sorted(Comparator.comparing(ExternalNetwork::id))
                        .toList());
    }

    private static boolean isSeen(ExternalNetwork network, Set<String> seenFrom) {
        return seenFrom.stream()
                .anyMatch(namespace ->
                        Namespaces.reaches(network.namespace(), network.propagate(), namespace));
    }

    /// `networks` in order of id.
    private VisibleNetworks(List<ExternalNetwork> networks) {
        this.networks = networks;
        this.regions = new PrefixTree(networks).regions();
    }

    List<Region> regions() {
        return regions;
    }

    /// In order of id.
    List<ExternalNetwork> inOrder() {
        return networks;
    }

    /// Whether one of them contains what DNS answers.
    boolean haveDomains() {
        return networks.stream()
                .flatMap(network -> network.entries().stream())
                .anyMatch(NetworkEntry.Domain.class::isInstance);
    }

    int count() {
        return networks.size();
    }

    BitSet matching(TagExpression object) {
        BitSet matching = new BitSet();
        for (int index = 0; index < networks.size(); index++) {
            matching.set(index, object.matches(networks.get(index).tags()));
        }
        return matching;
    }

    /// Those that contain an address, be it owned or not.
    BitSet containing(Prefix address) {
        BitSet containing = new BitSet();
        for (int index = 0; index < networks.size(); index++) {
            containing.set(index, Entries.contain(networks.get(index).entries(), address));
        }
        return containing;
    }

    /// Which network each region is reported as.
    List<Mapped<ExternalNetwork>> reported() {
        List<Mapped<ExternalNetwork>> reported = new ArrayList<>();
        for (Region region : regions) {
            reported.add(new Mapped<>(region.prefix(), reportedIn(region)));
        }
        return Mapped.joined(reported);
    }

    private ExternalNetwork reportedIn(Region region) {
        int best = region.networks().nextSetBit(0);
        for (int next = best; next >= 0; next = region.networks().nextSetBit(next + 1)) {
            if (precedes(region, next, best)) {
                best = next;
            }
        }
        return networks.get(best);
    }

    /// Most specific entry, nearest namespace; the lowest id stands first anyway.
    private boolean precedes(Region region, int one, int other) {
        int longer = region.lengths()[one] - region.lengths()[other];
        if (longer != 0) {
            return longer > 0;
        }
        return networks.get(one).namespace().length() > networks.get(other).namespace().length();
    }
}
