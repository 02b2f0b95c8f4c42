package io.ringfence.flowingest.write;

import com.google.protobuf.ByteString;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Addresses as text, one spelling each: dotted quads, and RFC 5952 for IPv6.
final class Addresses {
    private static final int GROUPS = 8;

    private Addresses() {}

    /// Empty for no address.
    static String text(ByteString address) {
        return switch (address.size()) {
            case 0 -> "";
            case 4 ->
                    IntStream.range(0, 4)
                            .mapToObj(i -> String.valueOf(address.byteAt(i) & 0xff))
                            .collect(Collectors.joining("."));
            default -> text(groupsOf(address));
        };
    }

    private static int[] groupsOf(ByteString address) {
        return IntStream.range(0, GROUPS)
                .map(i -> (address.byteAt(2 * i) & 0xff) << 8 | address.byteAt(2 * i + 1) & 0xff)
                .toArray();
    }

    /// The first of the longest runs of two or more zero groups becomes `::`.
    private static String text(int[] groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosFrom(groups, i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        return start < 0
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, start) + "::" + joined(groups, start + length, GROUPS);
    }

    private static int zerosFrom(int[] groups, int from) {
        int at = from;
        while (at < GROUPS && groups[at] == 0) {
            at++;
        }
        return at - from;
    }

    private static String joined(int[] groups, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(groups[i]))
                .collect(Collectors.joining(":"));
    }
}
