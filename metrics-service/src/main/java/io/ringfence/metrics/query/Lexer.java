package io.ringfence.metrics.query;

import io.ringfence.metrics.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits a question into words. Knows exactly the words that [Parser] does; anything else is
/// refused.
final class Lexer {
    private static final Pattern SPACE = Pattern.compile("(?:[ \\t\\r\\n]+|#[^\\n]*)+");
    private static final Pattern DURATION =
            Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?(?:ms|[smhdwy]))+(?![A-Za-z0-9_.])");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?:0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
                            + "(?![A-Za-z0-9_.])");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_:]*(?![.\\\\])");
    private static final Pattern SYMBOL =
            Pattern.compile("=~|!~|!=|==|<=|>=|[-+*/%^<>=(){}\\[\\],:@]");

    private final String text;
    private final Matcher matcher;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
        this.matcher = SPACE.matcher(text);
    }

    static List<Token> tokens(String text) throws QueryException {
        Lexer lexer = new Lexer(text);
        lexer.all();
        return lexer.tokens;
    }

    private void all() throws QueryException {
        skipSpace();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'' || c == '`') {
                quoted(c);
            } else if (!take(DURATION, Kind.DURATION)
                    && !take(NUMBER, Kind.NUMBER)
                    && !take(NAME, Kind.NAME)
                    && !take(SYMBOL, Kind.SYMBOL)) {
                throw new QueryException(
                        "'%s' at position %d cannot be read"
                                .formatted(Character.toString(text.codePointAt(at)), at + 1));
            }
            skipSpace();
        }
        tokens.add(new Token(Kind.END, "", at + 1));
    }

    private void skipSpace() {
        if (finds(SPACE)) {
            at = matcher.end();
        }
    }

    private boolean take(Pattern pattern, Kind kind) {
        if (!finds(pattern)) {
            return false;
        }
        tokens.add(new Token(kind, matcher.group(), at + 1));
        at = matcher.end();
        return true;
    }

    private boolean finds(Pattern pattern) {
        return matcher.usePattern(pattern).region(at, text.length()).lookingAt();
    }

    private void quoted(char quote) throws QueryException {
        QuotedText quoted = QuotedText.read(text, at, quote);
        tokens.add(new Token(Kind.QUOTED, quoted.value(), at + 1));
        at = quoted.end();
    }
}
