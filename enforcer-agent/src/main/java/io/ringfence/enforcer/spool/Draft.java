package io.ringfence.enforcer.spool;

/// A record before it has its number.
///
/// @param flows how many flows it stands for, so that dropping it can be counted
/// @param windowEndMillis remembered across restarts, see [Spool#lastWindowEndMillis]
/// @param writer makes the final bytes
public record Draft(long flows, long windowEndMillis, Writer writer) {

    /// Makes a record's bytes once its number is known.
    @FunctionalInterface
    public interface Writer {
        byte[] write(Position position);
    }
}
