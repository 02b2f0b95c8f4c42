package io.ringfence.enforcer.dataplane;

import java.util.Locale;

/// The named counters of the kernel's table.
enum Counter {
    LOGGED_INCOMING_ACCEPTED,
    LOGGED_INCOMING_REJECTED,
    LOGGED_OUTGOING_ACCEPTED,
    LOGGED_OUTGOING_REJECTED,
    SILENT,
    CUT,
    INVALID,
    NOT_POLICED,
    UNJUDGED;

    static Counter logged(Direction direction, boolean accepted) {
        return switch (direction) {
            case INCOMING -> accepted ? LOGGED_INCOMING_ACCEPTED : LOGGED_INCOMING_REJECTED;
            case OUTGOING -> accepted ? LOGGED_OUTGOING_ACCEPTED : LOGGED_OUTGOING_REJECTED;
        };
    }

    String nftName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
