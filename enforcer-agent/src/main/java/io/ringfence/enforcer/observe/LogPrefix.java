package io.ringfence.enforcer.observe;

import io.ringfence.enforcer.dataplane.Direction;
import io.ringfence.enforcer.netlink.LoggedPacket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the kernel's rule wrote beside a logged packet: `rf in 3 12` is decision 3 of the incoming
/// rules of generation 12.
record LogPrefix(Direction direction, int decision, int generation) {
    static Optional<LogPrefix> read(LoggedPacket packet) {
        byte[] text = new byte[packet.prefixLength()];
        for (int at = 0; at < text.length; at++) {
            text[at] = packet.prefix(at);
        }
        return parse(new String(text, StandardCharsets.US_ASCII));
    }

    static Optional<LogPrefix> parse(String text) {
        String[] words = text.strip().split(" ", -1);
        if (words.length != 4 || !words[0].equals("rf")) {
            return Optional.empty();
        }
        Direction direction = words[1].equals("in") ? Direction.INCOMING : Direction.OUTGOING;
        try {
            return Optional.of(
                    new LogPrefix(
                            direction, Integer.parseInt(words[2]), Integer.parseInt(words[3])));
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
