package io.ringfence.metrics.query;

import java.util.Locale;

/// One word of a question.
///
/// @param text of a quoted text: what it stands for
/// @param position where it starts, counted from 1
record Token(Kind kind, String text, int position) {
    enum Kind {
        NAME,
        NUMBER,
        DURATION,
        QUOTED,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.toLowerCase(Locale.ROOT).equals(word);
    }

    String described() {
        return kind == Kind.END ? "the end" : "'%s' (position %d)".formatted(text, position);
    }
}
