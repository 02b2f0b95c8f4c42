package io.ringfence.metrics.query;

import io.ringfence.metrics.query.Expression.Matcher;
import io.ringfence.metrics.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads PromQL:
///
/// ```
/// binary   := unary { operator [bool] [on|ignoring (…)] [group_left|group_right (…)] unary }
/// unary    := ["-" | "+"] postfix
/// postfix  := primary { "[" duration [":" [duration]] "]" | "offset" ["-"] duration | "@" primary }
/// primary  := number | text | "(" binary { "," binary } ")" | selector
///           | name [by|without (…)] "(" [binary { "," binary }] ")" [by|without (…)]
/// selector := name ["{" matchers "}"] | "{" matchers "}"
/// ```
///
/// What is not in here is refused: MetricsQL's `WITH` templates, `or` between matchers, escapes in
/// names, comments inside texts.
public final class Parser {
    private static final int LONGEST = 8 * 1024;
    private static final int DEEPEST = 40;
    private static final int UNARY = 7;
    private static final int POWER = 8;
    private static final Map<String, Integer> PRECEDENCE =
            Map.ofEntries(
                    Map.entry("default", 1),
                    Map.entry("if", 2),
                    Map.entry("ifnot", 2),
                    Map.entry("or", 3),
                    Map.entry("and", 4),
                    Map.entry("unless", 4),
                    Map.entry("==", 5),
                    Map.entry("!=", 5),
                    Map.entry("<", 5),
                    Map.entry("<=", 5),
                    Map.entry(">", 5),
                    Map.entry(">=", 5),
                    Map.entry("+", 6),
                    Map.entry("-", 6),
                    Map.entry("*", UNARY),
                    Map.entry("/", UNARY),
                    Map.entry("%", UNARY),
                    Map.entry("atan2", UNARY),
                    Map.entry("^", POWER));
    private static final Set<String> RESERVED =
            Set.of(
                    "with",
                    "by",
                    "without",
                    "on",
                    "ignoring",
                    "group_left",
                    "group_right",
                    "bool",
                    "offset",
                    "limit",
                    "prefix",
                    "keep_metric_names");

    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    public static Expression parse(String text) throws QueryException {
        if (text.isBlank()) {
            throw new QueryException("the query is empty");
        }
        if (text.length() > LONGEST) {
            throw new QueryException("the query is longer than %d characters".formatted(LONGEST));
        }
        Parser parser = new Parser(Lexer.tokens(text));
        Expression expression = parser.binary(1);
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("an operator or the end");
        }
        return expression;
    }

    private Expression binary(int lowest) throws QueryException {
        if (++depth > DEEPEST) {
            throw new QueryException("the query is nested deeper than %d".formatted(DEEPEST));
        }
        Expression left = unary();
        while (precedence(peek()) >= lowest) {
            String operator = next().text().toLowerCase(Locale.ROOT);
            int own = PRECEDENCE.getOrDefault(operator, 0);
            String modifiers = modifiers();
            Expression right = binary(own == POWER ? own : own + 1);
            left = new Expression.Binary(left, operator, modifiers, right);
        }
        depth--;
        return left;
    }

    private static int precedence(Token token) {
        boolean isOperator = token.kind() == Kind.SYMBOL || token.kind() == Kind.NAME;
        return isOperator ? PRECEDENCE.getOrDefault(token.text().toLowerCase(Locale.ROOT), 0) : 0;
    }

    private String modifiers() throws QueryException {
        List<String> words = new ArrayList<>();
        if (peek().isWord("bool")) {
            next();
            words.add("bool");
        }
        if (peek().isWord("on") || peek().isWord("ignoring")) {
            words.add(wordWithLabels());
            if (peek().isWord("group_left") || peek().isWord("group_right")) {
                String word = next().text().toLowerCase(Locale.ROOT);
                words.add(word + (peek().is("(") ? labels() : " ()"));
            }
        }
        return String.join(" ", words);
    }

    private Expression unary() throws QueryException {
        if (peek().is("-")) {
            next();
            return new Expression.Negated(binary(POWER));
        }
        if (peek().is("+")) {
            next();
            return binary(POWER);
        }
        return postfix(primary());
    }

    private Expression postfix(Expression primary) throws QueryException {
        Expression expression = primary;
        while (true) {
            if (peek().is("[")) {
                expression = range(expression);
            } else if (peek().isWord("offset")) {
                next();
                String sign = peek().is("-") ? next().text() : "";
                expression = new Expression.Offset(expression, sign + expect(Kind.DURATION).text());
            } else if (peek().is("@")) {
                next();
                expression = new Expression.At(expression, primary());
            } else {
                return expression;
            }
        }
    }

    private Expression range(Expression inner) throws QueryException {
        expect("[");
        String window = expect(Kind.DURATION).text();
        Optional<String> step = Optional.empty();
        if (peek().is(":")) {
            next();
            step = Optional.of(peek().kind() == Kind.DURATION ? next().text() : "");
        }
        expect("]");
        return new Expression.Range(inner, window, step);
    }

    private Expression primary() throws QueryException {
        Token token = peek();
        return switch (token.kind()) {
            case NUMBER, DURATION -> new Expression.Number(next().text());
            case QUOTED -> new Expression.Text(next().text());
            case NAME -> named();
            case SYMBOL -> {
                if (token.is("(")) {
                    yield new Expression.Group(arguments());
                }
                if (token.is("{")) {
                    yield new Expression.Selector("", matchers());
                }
                throw unexpected("a metric, a function or a value");
            }
            case END -> throw unexpected("a metric, a function or a value");
        };
    }

    private Expression named() throws QueryException {
        Token name = next();
        String word = name.text().toLowerCase(Locale.ROOT);
        if (RESERVED.contains(word) || PRECEDENCE.containsKey(word)) {
            throw new QueryException(
                    "%s cannot stand where a metric or a function should be"
                            .formatted(name.described()));
        }
        if (peek().is("(") || peek().isWord("by") || peek().isWord("without")) {
            return call(name.text());
        }
        if (word.equals("inf") || word.equals("nan")) {
            return new Expression.Number(name.text());
        }
        return new Expression.Selector(name.text(), peek().is("{") ? matchers() : List.of());
    }

    private Expression call(String name) throws QueryException {
        String grouping = grouping();
        List<Expression> arguments = arguments();
        if (grouping.isEmpty()) {
            grouping = grouping();
        }
        boolean keepsMetricNames = peek().isWord("keep_metric_names");
        if (keepsMetricNames) {
            next();
        }
        return new Expression.Call(name, arguments, grouping, keepsMetricNames);
    }

    private String grouping() throws QueryException {
        return peek().isWord("by") || peek().isWord("without") ? wordWithLabels() : "";
    }

    private String wordWithLabels() throws QueryException {
        return next().text().toLowerCase(Locale.ROOT) + labels();
    }

    private String labels() throws QueryException {
        List<String> labels = new ArrayList<>();
        expect("(");
        while (!peek().is(")")) {
            if (!labels.isEmpty()) {
                expect(",");
            }
            labels.add(label());
        }
        next();
        return labels.stream().collect(Collectors.joining(",", " (", ")"));
    }

    private List<Expression> arguments() throws QueryException {
        List<Expression> arguments = new ArrayList<>();
        expect("(");
        while (!peek().is(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(binary(1));
        }
        next();
        return List.copyOf(arguments);
    }

    private List<Matcher> matchers() throws QueryException {
        List<Matcher> matchers = new ArrayList<>();
        expect("{");
        while (!peek().is("}")) {
            if (!matchers.isEmpty()) {
                expect(",");
                if (peek().is("}")) {
                    break;
                }
            }
            String label = label();
            Token operator = next();
            if (!Set.of("=", "!=", "=~", "!~").contains(operator.text())) {
                throw new QueryException(
                        "%s where =, !=, =~ or !~ should be".formatted(operator.described()));
            }
            matchers.add(new Matcher(label, operator.text(), expect(Kind.QUOTED).text()));
        }
        expect("}");
        return List.copyOf(matchers);
    }

    private String label() throws QueryException {
        Token name = expect(Kind.NAME);
        if (name.text().contains(":")) {
            throw new QueryException("%s is no label".formatted(name.described()));
        }
        return name.text();
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    private void expect(String symbol) throws QueryException {
        if (!peek().is(symbol)) {
            throw unexpected("'%s'".formatted(symbol));
        }
        next();
    }

    private Token expect(Kind kind) throws QueryException {
        if (peek().kind() != kind) {
            throw unexpected(
                    switch (kind) {
                        case NAME -> "a name";
                        case DURATION -> "a duration such as 5m";
                        case QUOTED -> "a quoted text";
                        case NUMBER -> "a number";
                        case SYMBOL, END -> "something else";
                    });
        }
        return next();
    }

    private QueryException unexpected(String wanted) {
        return new QueryException("%s where %s should be".formatted(peek().described(), wanted));
    }
}
