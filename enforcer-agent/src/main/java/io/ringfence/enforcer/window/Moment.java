package io.ringfence.enforcer.window;

/// Both clocks at once. The wall clock may be set; the monotonic one only goes on, and comparing
/// the two shows when the other was set.
///
/// @param millis wall clock, since 1970
/// @param nanos monotonic, from an arbitrary origin
public record Moment(long millis, long nanos) {
    public static Moment now() {
        return new Moment(System.currentTimeMillis(), System.nanoTime());
    }
}
