package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts the address space into disjoint prefixes such that the same external networks contain all
/// of one.
final class PrefixTree {
    private final int networks;
    private final Node v4 = new Node();
    private final Node v6 = new Node();

    PrefixTree(List<ExternalNetwork> networks) {
        this.networks = networks.size();
        for (int index = 0; index < networks.size(); index++) {
            for (NetworkEntry entry : networks.get(index).entries()) {
                switch (entry) {
                    case NetworkEntry.Included(Prefix prefix) -> at(prefix).included.add(index);
                    case NetworkEntry.Excluded(Prefix prefix) -> at(prefix).excluded.add(index);
                    case NetworkEntry.Domain _ -> {}
                }
            }
        }
    }

    /// In address order; addresses that no network contains are left out.
    List<Region> regions() {
        List<Region> regions = new ArrayList<>();
        int[] lengths = new int[networks];
        Arrays.fill(lengths, -1);
        collect(v4, new Prefix(false, 0, 0, 0), lengths, new BitSet(), regions);
        collect(v6, new Prefix(true, 0, 0, 0), lengths, new BitSet(), regions);
        return regions;
    }

    private Node at(Prefix prefix) {
        Node node = prefix.v6() ? v6 : v4;
        for (int bit = 0; bit < prefix.length(); bit++) {
            node = node.half(prefix.bit(bit));
        }
        return node;
    }

    private static void collect(
            @Nullable Node node,
            Prefix prefix,
            int[] lengthsAbove,
            BitSet excludedAbove,
            List<Region> regions) {
        int[] lengths = lengthsAbove;
        BitSet excluded = excludedAbove;
        if (node != null) {
            if (!node.included.isEmpty()) {
                lengths = lengthsAbove.clone();
                for (int network : node.included) {
                    lengths[network] = prefix.length();
                }
            }
            if (!node.excluded.isEmpty()) {
                excluded = (BitSet) excludedAbove.clone();
                node.excluded.forEach(excluded::set);
            }
            if (node.lower != null || node.upper != null) {
                collect(node.lower, prefix.half(false), lengths, excluded, regions);
                collect(node.upper, prefix.half(true), lengths, excluded, regions);
                return;
            }
        }
        Region.of(prefix, lengths, excluded).ifPresent(regions::add);
    }

    private static final class Node {
        private final List<Integer> included = new ArrayList<>(0);
        private final List<Integer> excluded = new ArrayList<>(0);
        private @Nullable Node lower;
        private @Nullable Node upper;

        Node half(boolean up) {
            Node half = up ? upper : lower;
            if (half == null) {
                half = new Node();
                if (up) {
                    upper = half;
                } else {
                    lower = half;
                }
            }
            return half;
        }
    }
}
