package io.ringfence.enforcer.spool;

import java.util.Optional;

/// Where the next record stands, told to whoever writes it.
///
/// @param sequence contiguous from 1 within the epoch
/// @param previous the epoch before; in the first record of an epoch only, and not in the first
///   record of all
/// @param droppedFlows flows of the records that had to be dropped since the record before
public record Position(long epoch, long sequence, Optional<Previous> previous, long droppedFlows) {

    /// @param lastSequence the last number given in that epoch; 0 when it is not known any more
    public record Previous(long epoch, long lastSequence) {}
}
