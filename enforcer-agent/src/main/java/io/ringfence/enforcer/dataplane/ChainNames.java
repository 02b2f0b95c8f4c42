package io.ringfence.enforcer.dataplane;

/// Names of the chains that belong to one generation; the next one's are others, so both exist for
/// a moment.
record ChainNames(int generation) {
    String of(String role) {
        return role + "_g" + generation;
    }

    /// Where a packet is judged by one direction's rules. The peer is the packet's source address
    /// or its destination address.
    String judge(Direction direction, String peer) {
        return of(prefix(direction) + "_judge_" + peer);
    }

    String peerClass(Direction direction, int number) {
        return of(prefix(direction) + "_class" + number);
    }

    /// The same class for packets that travel from the connection's destination to its source.
    String answerClass(Direction direction, int number) {
        return of(prefix(direction) + "_answer" + number);
    }

    String decision(Direction direction, int number) {
        return of(prefix(direction) + "_decision" + number);
    }

    String tail(Direction direction, String verdict) {
        return of(prefix(direction) + "_" + verdict);
    }

    static String prefix(Direction direction) {
        return switch (direction) {
            case INCOMING -> "in";
            case OUTGOING -> "out";
        };
    }

    static String map(Direction direction) {
        return switch (direction) {
            case INCOMING -> "incoming";
            case OUTGOING -> "outgoing";
        };
    }
}
