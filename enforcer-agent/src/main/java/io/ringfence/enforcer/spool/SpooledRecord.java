package io.ringfence.enforcer.spool;

/// A record as it was written; equal numbers always have equal bytes.
public record SpooledRecord(Mark mark, byte[] content) {
    public long epoch() {
        return mark.epoch();
    }

    public long sequence() {
        return mark.sequence();
    }
}
