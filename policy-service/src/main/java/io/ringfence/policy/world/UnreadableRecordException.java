package io.ringfence.policy.world;

/// Why a record cannot be used, in one sentence for its dead letter.
final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableRecordException(String reason) {
        super(reason, null, false, false);
    }
}
