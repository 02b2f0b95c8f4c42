package io.ringfence.engine.incremental;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The enforcers that the changes of a batch concern, each once.
final class Concerned {
    private final Enforcers enforcers;
    private int[] concernedBy = {};
    private int batch = 1;
    private int[] numbers = new int[64];
    private int count;

    Concerned(Enforcers enforcers) {
        this.enforcers = enforcers;
    }

    void add(@Nullable Enforcer enforcer) {
        if (enforcer != null) {
            add(enforcer.number);
        }
    }

    void add(int number) {
        if (number >= concernedBy.length) {
            concernedBy = Arrays.copyOf(concernedBy, Math.max(2 * number + 1, enforcers.bound()));
        }
        if (concernedBy[number] != batch) {
            concernedBy[number] = batch;
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }
    }

    /// The ids of those since the last time.
    List<String> take() {
        String[] ids = new String[count];
        for (int index = 0; index < count; index++) {
            ids[index] = enforcers.id(numbers[index]);
        }
        count = 0;
        batch++;
        return Arrays.asList(ids);
    }
}
