package io.ringfence.engine;

import io.ringfence.contracts.network.Prefix;
import java.util.BitSet;
import java.util.Optional;

/// Addresses that the same external networks contain. Networks are indexes; `lengths` tells, for
/// each, how specific its best entry is.
record Region(Prefix prefix, BitSet networks, int[] lengths) {
    static Optional<Region> of(Prefix prefix, int[] lengths, BitSet excluded) {
        BitSet containing = new BitSet();
        for (int network = 0; network < lengths.length; network++) {
            containing.set(network, lengths[network] >= 0 && !excluded.get(network));
        }
        return containing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Region(prefix, containing, lengths));
    }
}
