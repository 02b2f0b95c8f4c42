package io.ringfence.metrics.query;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A question in PromQL, with the few words of MetricsQL that people use, as a tree.
///
/// [#text()] writes it down again, with parentheses wherever precedence could be read differently.
public sealed interface Expression {

    String text();

    /// The parts it is made of.
    List<Expression> parts();

    /// A literal number, as it was written.
    record Number(String text) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of();
        }
    }

    record Text(String value) implements Expression {
        @Override
        public String text() {
            return QuotedText.write(value);
        }

        @Override
        public List<Expression> parts() {
            return List.of();
        }
    }

    /// `flows{namespace="/acme"}`.
    ///
    /// @param metric empty when only matchers select
    record Selector(String metric, List<Matcher> matchers) implements Expression {
        @Override
        public String text() {
            if (matchers.isEmpty()) {
                return metric;
            }
            return matchers.stream()
                    .map(Matcher::text)
                    .collect(Collectors.joining(",", metric + "{", "}"));
        }

        @Override
        public List<Expression> parts() {
            return List.of();
        }
    }

    /// `flows{…}[5m]`, or a subquery `(…)[1h:5m]`.
    ///
    /// @param step of a subquery; empty text for its default; absent for a plain range
    record Range(Expression inner, String window, Optional<String> step) implements Expression {
        @Override
        public String text() {
            return inner.text()
                    + step.map(of -> "[%s:%s]".formatted(window, of))
                            .orElse("[%s]".formatted(window));
        }

        @Override
        public List<Expression> parts() {
            return List.of(inner);
        }
    }

    /// `… offset 5m`.
    record Offset(Expression inner, String duration) implements Expression {
        @Override
        public String text() {
            return inner.text() + " offset " + duration;
        }

        @Override
        public List<Expression> parts() {
            return List.of(inner);
        }
    }

    /// `… @ 1617800000`, `… @ end()`.
    record At(Expression inner, Expression time) implements Expression {
        @Override
        public String text() {
            return "%s @ (%s)".formatted(inner.text(), time.text());
        }

        @Override
        public List<Expression> parts() {
            return List.of(inner, time);
        }
    }

    /// A function or an aggregation.
    ///
    /// @param grouping `by (a,b)`, `without (a)`; empty when there is none
    record Call(String name, List<Expression> arguments, String grouping, boolean keepsMetricNames)
            implements Expression {
        @Override
        public String text() {
            return name
                    + arguments.stream()
                            .map(Expression::text)
                            .collect(Collectors.joining(",", "(", ")"))
                    + (grouping.isEmpty() ? "" : " " + grouping)
                    + (keepsMetricNames ? " keep_metric_names" : "");
        }

        @Override
        public List<Expression> parts() {
            return arguments;
        }
    }

    /// @param modifiers `bool`, `on (a) group_left (b)`; empty when there is none
    record Binary(Expression left, String operator, String modifiers, Expression right)
            implements Expression {
        @Override
        public String text() {
            return "(%s) %s %s(%s)"
                    .formatted(
                            left.text(),
                            operator,
                            modifiers.isEmpty() ? "" : modifiers + " ",
                            right.text());
        }

        @Override
        public List<Expression> parts() {
            return List.of(left, right);
        }
    }

    record Negated(Expression inner) implements Expression {
        @Override
        public String text() {
            return "-(%s)".formatted(inner.text());
        }

        @Override
        public List<Expression> parts() {
            return List.of(inner);
        }
    }

    /// Several in parentheses are their union.
    record Group(List<Expression> parts) implements Expression {
        @Override
        public String text() {
            return parts.stream().map(Expression::text).collect(Collectors.joining(",", "(", ")"));
        }
    }

    /// One condition on a label.
    record Matcher(String label, String operator, String value) {
        public String text() {
            return label + operator + QuotedText.write(value);
        }
    }
}
