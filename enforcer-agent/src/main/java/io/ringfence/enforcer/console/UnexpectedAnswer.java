package io.ringfence.enforcer.console;

import java.io.IOException;

/// The console was reached and said no, or something that cannot be understood.
public final class UnexpectedAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    public UnexpectedAnswer(String message) {
        super(message);
    }
}
