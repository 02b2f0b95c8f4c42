package io.ringfence.gateway.authenticate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What authentication needs to know.
@ConfigMapping(prefix = "ringfence.gateway")
public interface AuthenticateConfig {
    /// Where the public keys of tokens are.
    @WithDefault("http://127.0.0.1:8100/.well-known/jwks.json")
    URI jwksUrl();

    /// Networks (CIDR) of proxies whose `X-Forwarded-For` is believed. None by default.
    Optional<List<String>> trustedProxies();
}
