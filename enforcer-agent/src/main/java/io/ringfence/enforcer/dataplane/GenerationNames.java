package io.ringfence.enforcer.dataplane;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of the chains, sets and maps that were made together; the next ones' are others, so both
/// exist side by side.
///
/// @param structure the generation that they were made for
/// @param incomingMaps the generation that the maps of whole addresses were made for
/// @param outgoingMaps likewise
record GenerationNames(int structure, int incomingMaps, int outgoingMaps) {
    private static final Pattern NUMBERED = Pattern.compile(".*_g([0-9]{1,3})");

    GenerationNames(int structure) {
        this(structure, structure, structure);
    }

    GenerationNames withMaps(Direction direction, int generation) {
        return switch (direction) {
            case INCOMING -> new GenerationNames(structure, generation, outgoingMaps);
            case OUTGOING -> new GenerationNames(structure, incomingMaps, generation);
        };
    }

    String of(String role) {
        return role + "_g" + structure;
    }

    /// Whether the name belongs to another structure. One without a number may be in use by any.
    boolean isOfAnother(String name) {
        Matcher matcher = NUMBERED.matcher(name);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) != structure;
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

    /// The classes of whole addresses of an IP version, `4` or `6`.
    String map(Direction direction, String version) {
        int maps =
                switch (direction) {
                    case INCOMING -> incomingMaps;
                    case OUTGOING -> outgoingMaps;
                };
        return of(word(direction) + version + (maps == structure ? "" : "_" + maps));
    }

    /// The classes of prefixes of an IP version.
    String networkMap(Direction direction, String version) {
        return of(word(direction) + "_network" + version);
    }

    private static String word(Direction direction) {
        return switch (direction) {
            case INCOMING -> "incoming";
            case OUTGOING -> "outgoing";
        };
    }
}
