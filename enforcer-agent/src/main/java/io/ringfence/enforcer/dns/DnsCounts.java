package io.ringfence.enforcer.dns;

/// What became of the answers so far.
///
/// @param believed matched a query
/// @param unasked matched none, so nothing was concluded from them
/// @param unreadable were no DNS messages, or parts of a TCP connection whose beginning was missed
/// @param failed could not be put to use
public record DnsCounts(long believed, long unasked, long unreadable, long failed) {
    public static final DnsCounts NONE = new DnsCounts(0, 0, 0, 0);
}
