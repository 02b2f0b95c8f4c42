package io.ringfence.enforcer.report;

import java.io.IOException;

/// Gives a fresh token for Kafka.
@FunctionalInterface
public interface TokenSource {
    /// @return a signed JWT
    String token() throws IOException, InterruptedException;
}
