package io.ringfence.gateway.filter;

/// Text that can be looked at only so often. A regular expression that goes back and forth for ever
/// ends with an exception instead of holding up an event loop.
record BoundedText(String text, Steps steps) implements CharSequence {

    /// How often the texts of one object may be looked at, together.
    static final class Steps {
        private int left = 200_000;

        private void take() {
            if (--left < 0) {
                throw new TooManyStepsException();
            }
        }
    }

    @Override
    public char charAt(int index) {
        steps.take();
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
