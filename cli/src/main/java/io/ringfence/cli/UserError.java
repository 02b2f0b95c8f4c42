package io.ringfence.cli;

/// Something the person in front of the terminal can mend. The message is one sentence that says
/// what, and what to do about it.
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public UserError(String sentence) {
        this(1, sentence);
    }

    /// Exit codes: 1 error, 3 not found, 4 not authenticated or not authorized, 5 conflict, 6
    /// stored but not enforced (in time).
    public UserError(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
