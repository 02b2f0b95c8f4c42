package io.ringfence.gateway.consume;

/// A record that means nothing to us. The message is the reason beside it in the dead letters.
public final class UnreadableRecord extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreadableRecord(String reason) {
        super(reason, null, false, false);
    }
}
