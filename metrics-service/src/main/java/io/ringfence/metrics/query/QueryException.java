package io.ringfence.metrics.query;

/// A question that is not asked, and why: a sentence that says what to change.
public final class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    public QueryException(String message) {
        super(message);
    }
}
