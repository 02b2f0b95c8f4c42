package io.ringfence.enforcer.spool;

/// A record's place: its number, and the segment that holds it.
record Mark(long segment, long epoch, long sequence) {}
