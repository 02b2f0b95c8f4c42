package io.ringfence.gateway.route;

import io.ringfence.gateway.authenticate.ClientCertificate;
import io.ringfence.gateway.authenticate.RemoteAddress;
import io.ringfence.trust.assertion.Assertion;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Hands a request on and its answer back, streaming both.
@Singleton
public class Proxy {
    private final Upstreams upstreams;
    private final Limits limits;
    private final RemoteAddress remoteAddress;

    Proxy(Upstreams upstreams, Limits limits, RemoteAddress remoteAddress) {
        this.upstreams = upstreams;
        this.limits = limits;
        this.remoteAddress = remoteAddress;
    }

    void forward(
            Exchange exchange,
            Resource resource,
            Assertion assertion,
            Optional<ClientCertificate> certificate) {
        BodyRelay body = new BodyRelay(exchange, limits.maxBodyBytes(exchange.path()));
        new Forwarding(
                        upstreams,
                        exchange,
                        resource,
                        assertion,
                        certificate,
                        remoteAddress.of(exchange.request()),
                        body)
                .start();
    }
}
