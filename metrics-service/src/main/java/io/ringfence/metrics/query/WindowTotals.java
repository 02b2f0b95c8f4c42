package io.ringfence.metrics.query;

import io.ringfence.metrics.query.Expression.At;
import io.ringfence.metrics.query.Expression.Binary;
import io.ringfence.metrics.query.Expression.Call;
import io.ringfence.metrics.query.Expression.Group;
import io.ringfence.metrics.query.Expression.Negated;
import io.ringfence.metrics.query.Expression.Offset;
import io.ringfence.metrics.query.Expression.Range;
import io.ringfence.metrics.query.Expression.Selector;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Lets questions about counters be asked of window totals.
///
/// In 5.0 `flows` was a counter, and people's automations ask `increase(flows{…}[5m])`. Ours are
/// totals per window (`docs/adr/0002-window-totals.md`), whose increase is their sum, and whose
/// rate is their sum by second.
public final class WindowTotals {
    private static final Set<String> METRICS = Set.of("flows", "flows_other_end", "flows_lost");
    private static final Map<String, String> INSTEAD =
            Map.of("increase", "sum_over_time", "rate", "rate_over_sum");

    private WindowTotals() {}

    public static Expression asked(Expression question) {
        return switch (question) {
            case Call call -> {
                List<Expression> arguments = each(call.arguments());
                String instead =
                        INSTEAD.getOrDefault(call.name().toLowerCase(Locale.ROOT), call.name());
                boolean isOfTotals = arguments.size() == 1 && isTotals(arguments.getFirst());
                yield new Call(
                        isOfTotals ? instead : call.name(),
                        arguments,
                        call.grouping(),
                        call.keepsMetricNames());
            }
            case Range(Expression inner, String window, var step) ->
                    new Range(asked(inner), window, step);
            case Offset(Expression inner, String duration) -> new Offset(asked(inner), duration);
            case At(Expression inner, Expression time) -> new At(asked(inner), time);
            case Binary(Expression left, String operator, String modifiers, Expression right) ->
                    new Binary(asked(left), operator, modifiers, asked(right));
            case Negated(Expression inner) -> new Negated(asked(inner));
            case Group(List<Expression> parts) -> new Group(each(parts));
            case Expression.Number number -> number;
            case Expression.Text text -> text;
            case Selector selector -> selector;
        };
    }

    private static List<Expression> each(List<Expression> expressions) {
        return expressions.stream().map(WindowTotals::asked).toList();
    }

    private static boolean isTotals(Expression argument) {
        return switch (argument) {
            case Range(Selector selector, String window, var step) ->
                    step.isEmpty() && METRICS.contains(selector.metric());
            case Offset(Expression inner, String duration) -> isTotals(inner);
            case At(Expression inner, Expression time) -> isTotals(inner);
            case Group(List<Expression> parts) -> parts.size() == 1 && isTotals(parts.getFirst());
            default -> false;
        };
    }
}
