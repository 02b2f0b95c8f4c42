package io.ringfence.protocol.error;

import java.util.List;

/// Carries faults up through asynchronous code to where the answer is written. Expected, so it has
/// no stack trace.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    public ApiException(Fault fault) {
        this(List.of(fault));
    }

    /// The first fault's code becomes the answer's status.
    public ApiException(List<Fault> faults) {
        super(faults.getFirst().description(), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }

    public int status() {
        return faults.getFirst().code();
    }
}
