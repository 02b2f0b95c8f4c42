package io.ringfence.engine.incremental;

import java.util.Arrays;

/// How often each enforcer uses a group, by the enforcers' numbers: a table that is read from end
/// to end, since whoever uses a group is concerned by each member that comes or goes.
final class Users {
    private static final int NOBODY = -1;
    private static final int LEAST = 4;

    private int[] numbers = {};
    private int[] counts = {};
    private int size;

    void add(int number) {
        if (2 * (size + 1) > numbers.length) {
            grow();
        }
        int place = placeOf(number);
        if (numbers[place] == NOBODY) {
            numbers[place] = number;
            size++;
        }
        counts[place]++;
    }

    void remove(int number) {
        int place = placeOf(number);
        if (--counts[place] == 0) {
            size--;
            close(place);
        }
    }

    void concern(Concerned concerned) {
        for (int number : numbers) {
            if (number != NOBODY) {
                concerned.add(number);
            }
        }
    }

    /// Where the number stands, or would.
    private int placeOf(int number) {
        int place = home(number);
        while (numbers[place] != NOBODY && numbers[place] != number) {
            place = place + 1 & numbers.length - 1;
        }
        return place;
    }

    private int home(int number) {
        int mixed = number * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & numbers.length - 1;
    }

    /// Moves up what would not be found behind an empty place.
    private void close(int emptied) {
        int empty = emptied;
        int next = empty + 1 & numbers.length - 1;
        while (numbers[next] != NOBODY) {
            int distanceFromHome = next - home(numbers[next]) & numbers.length - 1;
            int distanceFromEmpty = next - empty & numbers.length - 1;
            if (distanceFromHome >= distanceFromEmpty) {
                numbers[empty] = numbers[next];
                counts[empty] = counts[next];
                empty = next;
            }
            next = next + 1 & numbers.length - 1;
        }
        numbers[empty] = NOBODY;
        counts[empty] = 0;
    }

    private void grow() {
        int[] fewerNumbers = numbers;
        int[] fewerCounts = counts;
        numbers = new int[Math.max(LEAST, 2 * fewerNumbers.length)];
        counts = new int[numbers.length];
        Arrays.fill(numbers, NOBODY);
        for (int index = 0; index < fewerNumbers.length; index++) {
            if (fewerNumbers[index] != NOBODY) {
                int place = placeOf(fewerNumbers[index]);
                numbers[place] = fewerNumbers[index];
                counts[place] = fewerCounts[index];
            }
        }
    }
}
