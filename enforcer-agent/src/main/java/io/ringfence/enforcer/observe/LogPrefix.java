package io.ringfence.enforcer.observe;

import io.ringfence.enforcer.dataplane.Direction;
import io.ringfence.enforcer.netlink.LoggedPacket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel's rule wrote beside a logged packet: `rf in 3 12` is decision 3 of the incoming
/// rules, in the numbers of the chains that were made for generation 12. A later generation may
/// have judged by them.
record LogPrefix(Direction direction, int decision, int generation) {
    private static final Pattern FORM = Pattern.compile("rf (in|out) ([0-9]{1,8}) ([0-9]{1,3})");

    static Optional<LogPrefix> read(LoggedPacket packet) {
        byte[] text = new byte[packet.prefixLength()];
        for (int at = 0; at < text.length; at++) {
            text[at] = packet.prefix(at);
        }
        return parse(new String(text, StandardCharsets.US_ASCII));
    }

    static Optional<LogPrefix> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Direction direction =
                matcher.group(1).equals("in") ? Direction.INCOMING : Direction.OUTGOING;
        return Optional.of(
                new LogPrefix(
                        direction,
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))));
    }
}
