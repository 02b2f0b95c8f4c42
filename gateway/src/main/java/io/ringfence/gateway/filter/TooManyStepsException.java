package io.ringfence.gateway.filter;

/// A regular expression goes back and forth for too long; it is one that nobody should use.
public final class TooManyStepsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyStepsException() {
        super("A regular expression takes too long.", null, false, false);
    }
}
