package io.ringfence.engine.incremental;

import java.util.ArrayDeque;
import java.util.Deque;

/// Low numbers for what comes and goes: one that was taken back is given again first.
final class Numbers {
    private final Deque<Integer> free = new ArrayDeque<>();
    private int given;

    int give() {
        Integer number = free.poll();
        return number == null ? given++ : number;
    }

    void takeBack(int number) {
        free.add(number);
    }

    /// Above every number that was ever given.
    int bound() {
        return given;
    }

    int inUse() {
        return given - free.size();
    }
}
