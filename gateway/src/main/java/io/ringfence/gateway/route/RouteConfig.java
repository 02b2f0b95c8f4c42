package io.ringfence.gateway.route;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// Where the services are, and how much a request may be and take.
@ConfigMapping(prefix = "ringfence.gateway")
public interface RouteConfig {
    /// `identity`, `policy`, `metrics`: each `https://host:port`.
    Map<String, URI> services();

    /// Where TLS listens. Plain HTTP listens on `quarkus.http.host`.
    @WithDefault("0.0.0.0")
    String tlsHost();

    @WithDefault("1M")
    MemorySize maxBody();

    /// For whole documents of objects: an import, and what takes one in.
    @WithDefault("16M")
    MemorySize maxDocument();

    /// How long a client may take to send its request.
    @WithDefault("30s")
    Duration bodyWithin();

    @WithDefault("10s")
    Duration connectWithin();

    /// How long a service may be silent.
    @WithDefault("30s")
    Duration answerWithin();

    /// Of each event loop.
    @WithDefault("64")
    int connectionsPerService();
}
