package io.ringfence.enforcer.spool;

/// How full the spool is.
///
/// @param records written and not yet acknowledged
/// @param droppedRecords since the process started
public record SpoolFill(long records, long bytes, long droppedRecords) {}
