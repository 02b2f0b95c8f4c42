package io.ringfence.gateway.filter;

/// A filter is written correctly and still cannot be evaluated here.
public final class UnusableFilterException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param reason the end of a sentence that begins with the filter
    public UnusableFilterException(String reason) {
        super(reason);
    }
}
