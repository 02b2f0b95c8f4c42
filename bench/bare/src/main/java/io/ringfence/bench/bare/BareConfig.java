package io.ringfence.bench.bare;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.ClientAuth;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// What a process of this application is: one plain hop unless something else is said.
@ConfigMapping(prefix = "bare")
interface BareConfig {
    /// Everything is handed on to there, `https://host:port`.
    Optional<URI> upstream();

    /// Whom to believe there, PEM.
    Optional<Path> authority();

    /// What to show there, PEM.
    Optional<Path> certificate();

    Optional<Path> key();

    /// What TLS asks of who connects.
    @WithDefault("none")
    ClientAuth clientAuth();

    /// How large the answer of `/object` is.
    @WithDefault("500")
    int bytes();
}
