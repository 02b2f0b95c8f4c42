package io.ringfence.engine.incremental;

import io.ringfence.contracts.network.Prefix;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who owns which address of a tenant: of several claimants the one with the lowest id, the others
/// wait.
final class Owners {
    private final Handover handover;
    private final NavigableMap<Prefix, Unit> owners = new TreeMap<>();
    private final Map<Prefix, NavigableSet<Unit>> waiting = new HashMap<>();

    /// Hears of each address that has another owner than before.
    interface Handover {
        void moved(Prefix address, @Nullable Unit from, @Nullable Unit to);
    }

    Owners(Handover handover) {
        this.handover = handover;
    }

    NavigableMap<Prefix, Unit> inOrder() {
        return owners;
    }

    @Nullable Unit of(Prefix address) {
        return owners.get(address);
    }

    /// What a unit owns of the addresses it claims.
    List<Prefix> of(Unit unit) {
        return unit.state.addresses().stream()
                .map(Prefix::of)
                .filter(address -> owners.get(address) == unit)
                .toList();
    }

    void move(Unit unit, List<InetAddress> before, List<InetAddress> after) {
        if (before.equals(after)) {
            return;
        }
        Set<Prefix> given = prefixes(after);
        Set<Prefix> taken = prefixes(before);
        for (Prefix address : taken) {
            if (!given.contains(address)) {
                release(address, unit);
            }
        }
        for (Prefix address : given) {
            if (!taken.contains(address)) {
                claim(address, unit);
            }
        }
    }

    private void claim(Prefix address, Unit unit) {
        Unit owner = owners.get(address);
        if (owner != null && owner.state.id().compareTo(unit.state.id()) < 0) {
            wait(address, unit);
            return;
        }
        if (owner != null) {
            owner.owned--;
            wait(address, owner);
        }
        owners.put(address, unit);
        unit.owned++;
        handover.moved(address, owner, unit);
    }

    private void release(Prefix address, Unit unit) {
        NavigableSet<Unit> others = waiting.get(address);
        if (owners.get(address) != unit) {
            if (others != null && others.remove(unit) && others.isEmpty()) {
                waiting.remove(address);
            }
            return;
        }
        unit.owned--;
        if (others == null) {
            owners.remove(address);
            handover.moved(address, unit, null);
            return;
        }
        Unit next = others.removeFirst();
        next.owned++;
        owners.put(address, next);
        if (others.isEmpty()) {
            waiting.remove(address);
        }
        handover.moved(address, unit, next);
    }

    private void wait(Prefix address, Unit unit) {
        waiting.computeIfAbsent(
                        address,
                        _ -> new TreeSet<>(Comparator.comparing((Unit one) -> one.state.id())))
                .add(unit);
    }

    private static Set<Prefix> prefixes(List<InetAddress> addresses) {
        Set<Prefix> prefixes = new LinkedHashSet<>();
        addresses.forEach(address -> prefixes.add(Prefix.of(address)));
        return prefixes;
    }
}
