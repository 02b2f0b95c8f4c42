package io.ringfence.enforcer.dataplane;

/// A policy that is now enforced.
///
/// @param generation 1..254; what the kernel writes into the connection mark
/// @param changed false when the kernel held a policy of the same digest before, which was then put
///   in its own place
/// @param cutSockets established local TCP sockets that the new policy rejects and that were
///   therefore ended
public record Applied(int generation, boolean changed, int cutSockets) {}
