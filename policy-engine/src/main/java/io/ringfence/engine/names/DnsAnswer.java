package io.ringfence.engine.names;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// One address that a resolver gave for a name. The name is kept in lower case, without the dot at
/// its end.
public record DnsAnswer(String name, InetAddress address, Instant received, Duration timeToLive) {
    public DnsAnswer {
        String lower = name.toLowerCase(Locale.ROOT);
        name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
