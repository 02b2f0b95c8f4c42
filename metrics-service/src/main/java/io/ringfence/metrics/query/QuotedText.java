package io.ringfence.metrics.query;

/// Quoted texts as PromQL (that is, Go) writes them.
///
/// @param value what it stands for
/// @param end the position behind the closing quote
record QuotedText(String value, int end) {

    static QuotedText read(String text, int start, char quote) throws QueryException {
        StringBuilder value = new StringBuilder();
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\n' && quote != '`') {
                throw fault("a quotation may not contain a line break", start);
            }
            if (c != '\\' || quote == '`') {
                value.append(c);
                continue;
            }
            if (at == text.length()) {
                break;
            }
            char escaped = text.charAt(at++);
            int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : escaped == 'U' ? 8 : 0;
            if (digits == 0) {
                value.append(plain(escaped, quote, at));
            } else {
                value.appendCodePoint(codePoint(text, at, digits));
                at += digits;
            }
        }
        if (at >= text.length()) {
            throw fault("the quotation that starts here does not end", start);
        }
        return new QuotedText(value.toString(), at + 1);
    }

    private static char plain(char escaped, char quote, int at) throws QueryException {
        return switch (escaped) {
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case '\\' -> '\\';
            default -> {
                if (escaped == quote) {
                    yield escaped;
                }
                throw fault("'\\%c' is no escape".formatted(escaped), at - 2);
            }
        };
    }

    private static int codePoint(String text, int at, int digits) throws QueryException {
        int end = Math.min(text.length(), at + digits);
        String hexadecimal = text.substring(at, end);
        if (!hexadecimal.matches("[0-9a-fA-F]{%d}".formatted(digits))) {
            throw fault("an escape lacks its hexadecimal digits", at - 2);
        }
        long code = Long.parseLong(hexadecimal, 16);
        boolean isHalf = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        boolean isByte = digits == 2 && code > 0x7f;
        if (code > Character.MAX_CODE_POINT || isHalf || isByte) {
            throw fault("'%s' is no character".formatted(hexadecimal), at - 2);
        }
        return (int) code;
    }

    /// The text in double quotes.
    static String write(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        value.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        default -> {
                            if (c < ' ' || c == 0x7f) {
                                quoted.append("\\x%02x".formatted(c));
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }

    private static QueryException fault(String what, int position) {
        return new QueryException("%s (position %d)".formatted(what, position + 1));
    }
}
