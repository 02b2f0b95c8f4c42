package io.ringfence.gateway.events;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much `/events` may take.
@ConfigMapping(prefix = "ringfence.gateway.events")
public interface EventsConfig {
    /// For the newest changes, shared by all connections.
    @WithDefault("32M")
    MemorySize memory();

    /// A connection that is behind holds up to a quarter of a megabyte.
    @WithDefault("500")
    int connections();

    @WithDefault("50")
    int connectionsPerCaller();
}
