package io.ringfence.enforcer.dataplane;

import java.util.Map;

/// The kernel's own count of what it did. Every value counts since `tableId` was made and survives
/// policy changes and the enforcer's death; another `tableId` means that everything started again
/// from zero.
///
/// @param tableId random, given when the table was made
/// @param logged packets that met a log statement: the flow starts (retransmitted ones included)
///   that should have been received
/// @param silent flow starts that a decision asked not to log
/// @param cut packets of already open connections that the current policy rejected
/// @param invalid packets dropped because connection tracking found them invalid
/// @param notPoliced packets that passed unjudged: multicast, broadcast, IGMP, DHCP and neighbour
///   discovery (loopback is not counted)
/// @param unjudged packets dropped because no rule decided about them: being judged took one longer
///   than from one replacement of the policy to the next
public record Counters(
        String tableId,
        Logged logged,
        long silent,
        long cut,
        long invalid,
        long notPoliced,
        long unjudged) {
    static Counters of(String tableId, Map<Counter, Long> counts) {
        return new Counters(
                tableId,
                new Logged(
                        counts.getOrDefault(Counter.LOGGED_INCOMING_ACCEPTED, 0L),
                        counts.getOrDefault(Counter.LOGGED_INCOMING_REJECTED, 0L),
                        counts.getOrDefault(Counter.LOGGED_OUTGOING_ACCEPTED, 0L),
                        counts.getOrDefault(Counter.LOGGED_OUTGOING_REJECTED, 0L)),
                counts.getOrDefault(Counter.SILENT, 0L),
                counts.getOrDefault(Counter.CUT, 0L),
                counts.getOrDefault(Counter.INVALID, 0L),
                counts.getOrDefault(Counter.NOT_POLICED, 0L),
                counts.getOrDefault(Counter.UNJUDGED, 0L));
    }

    /// Packets that met a log statement, by direction and by the decision's action.
    public record Logged(
            long incomingAccepted,
            long incomingRejected,
            long outgoingAccepted,
            long outgoingRejected) {
        public long total() {
            return incomingAccepted + incomingRejected + outgoingAccepted + outgoingRejected;
        }
    }
}
