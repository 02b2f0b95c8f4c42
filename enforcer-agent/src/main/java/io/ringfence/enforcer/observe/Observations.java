package io.ringfence.enforcer.observe;

/// What the observer received since it was started.
///
/// @param received logged packets received, retransmissions included; compare with the growth of
///   `Counters.logged`
/// @param flows distinct flow starts among them, as told to the listener
/// @param overruns times the kernel had to drop because the socket was full
/// @param missing packets that the gaps in the kernel's numbering prove lost
/// @param unresolved packets received whose generation, decision or form could not be made sense
///   of: as good as lost
/// @param forgotten flows that had to be forgotten before their time, whose retransmissions may be
///   counted again
public record Observations(
        long received, long flows, long overruns, long missing, long unresolved, long forgotten) {
    static final Observations NONE = new Observations(0, 0, 0, 0, 0, 0);
}
