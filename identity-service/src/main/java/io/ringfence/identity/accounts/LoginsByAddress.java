package io.ringfence.identity.accounts;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How many wrong passwords may come from one place, whatever the accounts: so many at once, and
/// then one more every ten seconds. Right ones cost nothing, so a whole office may stand behind one
/// address. Each instance counts for itself, in bounded memory: the address that was heard of
/// longest ago is forgotten first.
final class LoginsByAddress {
    static final int AT_ONCE = 30;
    static final Duration ONE_MORE_EVERY = Duration.ofSeconds(10);

    /// Who has an IPv6 address usually has 2^64 of them.
    private static final int NETWORK_BYTES_IPV6 = 8;

    private final Clock clock;

    /// When everything that came from there is made up for (the generic cell rate algorithm: one
    /// time is all there is to keep).
    private final Map<String, Instant> evenAt;

    LoginsByAddress(int places, Clock clock) {
        this.clock = clock;
        this.evenAt =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                        return size() > places;
                    }
                };
    }

    /// Takes one attempt; answers how long to wait if there is none left.
    ///
    /// @param address numeric; empty: not known, which is not limited
    Optional<Duration> take(String address) {
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        synchronized (evenAt) {
            String place = place(address);
            Instant even = evenAt.getOrDefault(place, now);
            Instant from = even.isBefore(now) ? now : even;
            Duration wait =
                    Duration.between(now, from).minus(ONE_MORE_EVERY.multipliedBy(AT_ONCE - 1L));
            if (wait.isPositive()) {
                return Optional.of(wait);
            }
            evenAt.put(place, from.plus(ONE_MORE_EVERY));
            return Optional.empty();
        }
    }

    /// Gives one back that was taken for a right password.
    void giveBack(String address) {
        synchronized (evenAt) {
            evenAt.computeIfPresent(
                    place(address),
                    (_, even) -> {
                        Instant before = even.minus(ONE_MORE_EVERY);
                        return before.isAfter(clock.instant()) ? before : null;
                    });
        }
    }

    int size() {
        synchronized (evenAt) {
            return evenAt.size();
        }
    }

    private static String place(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return HexFormat.of()
                    .formatHex(bytes.length > 4 ? Arrays.copyOf(bytes, NETWORK_BYTES_IPV6) : bytes);
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }
}
