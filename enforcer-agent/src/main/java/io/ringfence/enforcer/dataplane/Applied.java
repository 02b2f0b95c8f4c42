package io.ringfence.enforcer.dataplane;

/// A policy that is now enforced.
///
/// @param generation 1..255; what the kernel writes into the connection mark and beside every
///   logged packet
/// @param changed false when the kernel already held exactly this policy and was left alone
/// @param cutSockets established local TCP sockets that the new policy rejects and that were
///   therefore ended
public record Applied(int generation, boolean changed, int cutSockets) {}
