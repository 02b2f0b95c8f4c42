package io.ringfence.metrics.query;

import io.ringfence.metrics.query.Expression.Matcher;
import io.ringfence.metrics.query.Expression.Selector;

/// Every selector of a question must say which namespace it is about, and that must be the
/// request's or one below (`reference/api.md` §4.3). A pattern may well match more; what it then
/// finds outside is left out by the filter that [NamespaceScope#matcher()] puts beside every
/// selector.
public final class NamespaceGuard {
    private static final String LABEL = "namespace";

    private NamespaceGuard() {}

    public static void check(Expression question, NamespaceScope allowed) throws QueryException {
        if (question instanceof Selector selector) {
            check(selector, allowed);
        }
        for (Expression part : question.parts()) {
            check(part, allowed);
        }
    }

    private static void check(Selector selector, NamespaceScope allowed) throws QueryException {
        boolean isNamed = false;
        for (Matcher matcher : selector.matchers()) {
            if (!matcher.label().equals(LABEL)) {
                continue;
            }
            if (matcher.operator().equals("=") && !allowed.covers(matcher.value())) {
                throw new QueryException(
                        "The selector %s is about namespace %s, the request about %s; set X-Namespace to the namespace you ask about or one above it"
                                .formatted(selector.text(), matcher.value(), allowed.namespace()));
            }
            isNamed |= matcher.operator().equals("=") || matcher.operator().equals("=~");
        }
        if (!isNamed) {
            throw new QueryException(
                    "The selector %s names no namespace; write %s{namespace=\"%s\"} or, with those below, %s{namespace=~\"%s.*\"}"
                            .formatted(
                                    selector.text(),
                                    selector.metric(),
                                    allowed.namespace(),
                                    selector.metric(),
                                    allowed.namespace()));
        }
    }
}
