package io.ringfence.metrics.report;

import io.ringfence.protocol.error.Fault;

/// Bounds what the regular expressions of one question may cost, by counting the characters they
/// look at: some expressions never end on some texts.
final class StepBudget {
    private static final long STEPS = 10_000_000;

    private long left = STEPS;

    /// @return the text, refusing to be read once the budget is spent
    CharSequence bounding(String text) {
        return new Bounded(text, 0, text.length());
    }

    private final class Bounded implements CharSequence {
        private final String text;
        private final int start;
        private final int end;

        Bounded(String text, int start, int end) {
            this.text = text;
            this.start = start;
            this.end = end;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw Fault.badRequest(
                                "A regular expression of filter q takes too long; make it simpler")
                        .asException();
            }
            return text.charAt(start + index);
        }

        @Override
        public int length() {
            return end - start;
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Bounded(text, start + from, start + to);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}
