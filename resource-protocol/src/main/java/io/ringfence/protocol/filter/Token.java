package io.ringfence.protocol.filter;

/// One word of a filter.
///
/// @param position where it starts, counted from 1
record Token(Kind kind, String text, int position) {
    enum Kind {
        WORD,
        QUOTED,
        OPERATOR,
        OPEN,
        CLOSE,
        OPEN_LIST,
        CLOSE_LIST,
        COMMA,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    String described() {
        return kind == Kind.END ? "the end" : "'%s' (position %d)".formatted(text, position);
    }
}
