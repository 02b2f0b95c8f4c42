package io.ringfence.engine.stored;

/// Why a record cannot be used, in one sentence for its dead letter.
public final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableRecordException(String reason) {
        super(reason, null, false, false);
    }
}
