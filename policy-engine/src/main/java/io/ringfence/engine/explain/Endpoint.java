package io.ringfence.engine.explain;

import java.net.InetAddress;
import java.util.Set;

/// One end of the connection that is asked about.
public sealed interface Endpoint {
    /// A stored one, running or not.
    record Unit(String processingUnitId) implements Endpoint {}

    /// A processing unit that could be: enforced, with these tags besides those every one in that
    /// namespace has.
    record Hypothetical(String namespace, Set<String> tags) implements Endpoint {
        public Hypothetical {
            tags = Set.copyOf(tags);
        }
    }

    /// Whoever has that address.
    record Address(InetAddress address) implements Endpoint {}
}
