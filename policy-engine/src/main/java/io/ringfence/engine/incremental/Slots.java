package io.ringfence.engine.incremental;

import io.ringfence.engine.ProcessingUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The units of a tenant by number. Numbers are low and given again.
final class Slots implements Iterable<Unit> {
    private final List<@Nullable Unit> units = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    Unit add(Tenant tenant, ProcessingUnit state) {
        Integer slot = free.poll();
        if (slot == null) {
            slot = units.size();
            units.add(null);
        }
        Unit unit = new Unit(tenant, slot, state);
        units.set(slot, unit);
        return unit;
    }

    void remove(Unit unit) {
        units.set(unit.slot, null);
        free.add(unit.slot);
    }

    Unit at(int slot) {
        return Objects.requireNonNull(units.get(slot));
    }

    /// Whether it has not been removed.
    boolean holds(Unit unit) {
        return units.get(unit.slot) == unit;
    }

    int count() {
        return units.size() - free.size();
    }

    @Override
    public Iterator<Unit> iterator() {
        return units.stream().filter(Objects::nonNull).map(Unit.class::cast).iterator();
    }
}
