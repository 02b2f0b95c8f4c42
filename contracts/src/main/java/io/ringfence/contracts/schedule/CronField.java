package io.ringfence.contracts.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// One of the five fields: which of its numbers count.
enum CronField {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH(
            "month",
            1,
            12,
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec")),
    /// 0 and 7 are Sunday.
    DAY_OF_WEEK("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    private final String shownAs;
    private final int first;
    private final int last;
    private final List<String> names;

    CronField(String shownAs, int first, int last, List<String> names) {
        this.shownAs = shownAs;
        this.first = first;
        this.last = last;
        this.names = names;
    }

    /// `*`, `5`, `1-5`, `*/15`, `8-18/2`, `mon-fri`, and several of them between commas.
    ///
    /// @throws IllegalArgumentException with a sentence for the client
    BitSet numbers(String text) {
        BitSet numbers = new BitSet();
        for (String part : text.split(",", -1)) {
            add(part, numbers);
        }
        if (this == DAY_OF_WEEK && numbers.get(7)) {
            numbers.set(0);
        }
        return numbers;
    }

    private void add(String part, BitSet numbers) {
        String[] range = part.split("/", -1);
        String[] ends = range[0].split("-", -1);
        boolean all = range[0].equals("*") || range[0].equals("?");
        if (range.length > 2 || ends.length > 2) {
            throw refuse(part);
        }
        int step = range.length == 2 ? number(range[1], part) : 1;
        int from = all ? first : named(ends[0], part);
        boolean toTheEnd = all || (ends.length == 1 && range.length == 2);
        int to = toTheEnd ? last : named(ends[ends.length - 1], part);
        if (step < 1 || from < first || to > last || from > to) {
            throw refuse(part);
        }
        for (int number = from; number <= to; number += step) {
            numbers.set(number);
        }
    }

    private int named(String text, String part) {
        int index = names.indexOf(text.toLowerCase(Locale.ROOT));
        return index < 0 ? number(text, part) : first + index;
    }

    private int number(String text, String part) {
        if (!text.matches("\\d{1,2}")) {
            throw refuse(part);
        }
        return Integer.parseInt(text);
    }

    private IllegalArgumentException refuse(String part) {
        return new IllegalArgumentException(
                "'%s' is no %s: write numbers from %d to %d, * for all, 1-5, */2 or 1,3"
                        .formatted(part, shownAs, first, last));
    }
}
