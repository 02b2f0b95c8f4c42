package io.ringfence.protocol.filter;

import io.ringfence.protocol.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Splits a filter into words.
final class FilterLexer {
    private static final String BARE_ENDS = "()[],=!<>\"'";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    FilterLexer(String text) {
        this.text = text;
    }

    List<Token> tokens() throws FilterSyntaxException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '"' || c == '\'') {
                quoted(c);
            } else if ("=!<>".indexOf(c) >= 0) {
                operator();
            } else if ("()[],".indexOf(c) >= 0) {
                tokens.add(new Token(punctuation(c), String.valueOf(c), ++at));
            } else {
                bare();
            }
        }
        tokens.add(new Token(Kind.END, "", at + 1));
        return tokens;
    }

    private static Kind punctuation(char c) {
        return switch (c) {
            case '(' -> Kind.OPEN;
            case ')' -> Kind.CLOSE;
            case '[' -> Kind.OPEN_LIST;
            case ']' -> Kind.CLOSE_LIST;
            default -> Kind.COMMA;
        };
    }

    private void quoted(char quote) throws FilterSyntaxException {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            boolean escaped =
                    text.charAt(at) == '\\'
                            && at + 1 < text.length()
                            && (text.charAt(at + 1) == quote || text.charAt(at + 1) == '\\');
            at += escaped ? 1 : 0;
            value.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw new FilterSyntaxException(
                    "the quotation that starts at position %d does not end".formatted(start + 1));
        }
        at++;
        tokens.add(new Token(Kind.QUOTED, value.toString(), start + 1));
    }

    private void operator() throws FilterSyntaxException {
        int start = at;
        for (String symbol : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                tokens.add(new Token(Kind.OPERATOR, symbol, start + 1));
                return;
            }
        }
        throw new FilterSyntaxException(
                "'%c' at position %d is no operator; write ==, !=, <, <=, > or >="
                        .formatted(text.charAt(at), at + 1));
    }

    private void bare() {
        int start = at;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && BARE_ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        tokens.add(new Token(Kind.WORD, text.substring(start, at), start + 1));
    }
}
