package io.ringfence.enforcer.report;

import io.ringfence.enforcer.dataplane.Counters;
import java.util.Optional;

/// How far a kernel's counters are dealt with: what it had logged by then was received and spooled,
/// or reported as lost. Kept for the next start.
///
/// @param logged packets since the table was made
record CaptureEntry(String tableId, long logged) {

    static Optional<CaptureEntry> parse(String text) {
        String[] parts = text.strip().split(" ", 2);
        return parts.length == 2 && parts[1].matches("[0-9]{1,18}")
                ? Optional.of(new CaptureEntry(parts[0], Long.parseLong(parts[1])))
                : Optional.empty();
    }

    String text() {
        return tableId + " " + logged + "\n";
    }

    /// Packets logged since this was written, which nobody has received. Another table has logged
    /// all of its packets since.
    long missedUntil(Counters kernel) {
        long total = kernel.logged().total();
        return tableId.equals(kernel.tableId()) ? Math.max(0, total - logged) : total;
    }
}
