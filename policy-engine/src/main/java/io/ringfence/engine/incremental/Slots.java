package io.ringfence.engine.incremental;

import io.ringfence.engine.ProcessingUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The units of a tenant by number. Numbers are low and given again.
final class Slots implements Iterable<Unit> {
    private final List<@Nullable Unit> units = new ArrayList<>();
    private final Numbers slots = new Numbers();

    Unit add(Tenant tenant, ProcessingUnit state) {
        int slot = slots.give();
        if (slot == units.size()) {
            units.add(null);
        }
        Unit unit = new Unit(tenant, slot, state);
        units.set(slot, unit);
        return unit;
    }

    void remove(Unit unit) {
        units.set(unit.slot, null);
        slots.takeBack(unit.slot);
    }

    Unit at(int slot) {
        return Objects.requireNonNull(units.get(slot));
    }

    /// Whether it has not been removed.
    boolean holds(Unit unit) {
        return units.get(unit.slot) == unit;
    }

    int count() {
        return slots.inUse();
    }

    @Override
    public Iterator<Unit> iterator() {
        return units.stream().filter(Objects::nonNull).map(Unit.class::cast).iterator();
    }
}
