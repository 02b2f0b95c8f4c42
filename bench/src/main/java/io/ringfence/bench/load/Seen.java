package io.ringfence.bench.load;

/// What came of a load.
///
/// @param answered requests that were answered with 200 or 204
/// @param failed all others; there have to be none
public record Seen(
        long answered,
        long failed,
        double seconds,
        long medianMicroseconds,
        long p99Microseconds,
        String firstFailure) {

    public double perSecond() {
        return answered / seconds;
    }
}
