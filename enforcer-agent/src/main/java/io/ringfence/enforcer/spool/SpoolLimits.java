package io.ringfence.enforcer.spool;

/// @param bytes of all segments together; may be exceeded by the records being sent
/// @param segmentBytes size from which the next segment is begun, the unit in which space is freed
public record SpoolLimits(long bytes, long segmentBytes) {
    public SpoolLimits {
        if (segmentBytes < 1 || bytes < 4 * segmentBytes) {
            throw new IllegalArgumentException(
                    "the spool needs room for at least 4 segments of "
                            + segmentBytes
                            + " bytes, has "
                            + bytes);
        }
    }

    /// Sixteen segments in the given space.
    public static SpoolLimits of(long bytes) {
        return new SpoolLimits(bytes, Math.max(1, bytes / 16));
    }
}
