package io.ringfence.protocol.filter;

/// A filter that cannot be read; the message says where and what was expected.
public final class FilterSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    FilterSyntaxException(String message) {
        super(message);
    }
}
