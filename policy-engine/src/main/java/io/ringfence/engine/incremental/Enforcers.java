package io.ringfence.engine.incremental;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Those who enforce for at least one running unit, by id and by number.
final class Enforcers {
    private final Map<String, Enforcer> byId = new HashMap<>();
    private @Nullable String[] ids = {};
    private int numbers;
    private final Deque<Integer> free = new ArrayDeque<>();

    @Nullable Enforcer known(String id) {
        return byId.get(id);
    }

    Enforcer of(String id) {
        return byId.computeIfAbsent(id, this::add);
    }

    String id(int number) {
        return Objects.requireNonNull(ids[number]);
    }

    /// How many numbers there are.
    int numbers() {
        return numbers;
    }

    void forget(Enforcer enforcer) {
        byId.remove(enforcer.id);
        ids[enforcer.number] = null;
        free.add(enforcer.number);
    }

    private Enforcer add(String id) {
        Integer number = free.poll();
        if (number == null) {
            number = numbers++;
        }
        if (number >= ids.length) {
            ids = Arrays.copyOf(ids, 2 * number + 1);
        }
        ids[number] = id;
        return new Enforcer(number, id);
    }
}
