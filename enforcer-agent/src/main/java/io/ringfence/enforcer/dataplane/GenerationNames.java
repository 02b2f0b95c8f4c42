package io.ringfence.enforcer.dataplane;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of the chains, sets and maps that belong to one generation; the next one's are others, so
/// both exist side by side.
record GenerationNames(int generation) {
    private static final Pattern NUMBERED = Pattern.compile(".*_g([0-9]{1,3})");

    String of(String role) {
        return role + "_g" + generation;
    }

    /// Whether the name belongs to another generation. One without a number may be in use by any.
    boolean isOfAnother(String name) {
        Matcher matcher = NUMBERED.matcher(name);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) != generation;
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

    /// @param peers which peers' classes it has: whole addresses of IP version `4` or `6`, or
    ///   prefixes (`_network4`, `_network6`)
    String map(Direction direction, String peers) {
        return of(
                switch (direction) {
                            case INCOMING -> "incoming";
                            case OUTGOING -> "outgoing";
                        }
                        + peers);
    }
}
