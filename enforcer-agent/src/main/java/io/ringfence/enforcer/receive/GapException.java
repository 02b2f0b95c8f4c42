package io.ringfence.enforcer.receive;

import java.io.IOException;
import java.io.Serial;

/// What came does not lead on from what is held. A new connection says what that is.
final class GapException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    GapException(String message) {
        super(message);
    }
}
