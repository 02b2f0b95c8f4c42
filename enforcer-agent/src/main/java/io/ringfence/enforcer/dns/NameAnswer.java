package io.ringfence.enforcer.dns;

import java.net.InetAddress;
import java.time.Duration;

/// An address that a resolver gave for a name.
///
/// @param name in lower case, without dot at the end
public record NameAnswer(String name, InetAddress address, Duration timeToLive) {}
