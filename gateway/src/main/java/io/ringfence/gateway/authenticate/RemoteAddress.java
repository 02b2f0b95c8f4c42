package io.ringfence.gateway.authenticate;

import io.ringfence.gateway.authorize.Network;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;

/// Where a request comes from: the connection's peer, or what configured proxies say about theirs.
@Singleton
public class RemoteAddress {
    private final List<Network> proxies;

    RemoteAddress(AuthenticateConfig config) {
        this.proxies =
                config.trustedProxies().orElse(List.of()).stream()
                        .map(text ->
                                Network.parse(text)
                                        .orElseThrow(() ->
                                                new IllegalArgumentException(
                                                        "ringfence.gateway.trusted-proxies:"
                                                                + " write "
                                                                + text
                                                                + " as a network, like"
                                                                + " 10.0.0.0/8")))
                        .toList();
    }

    /// Numeric.
    public String of(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        return of(peer == null ? "" : peer, request.headers().getAll("X-Forwarded-For"));
    }

    /// The last address that is not one of our proxies, read from the right: what stands further
    /// left could have been written by anyone.
    String of(String peer, List<String> forwardedFor) {
        if (forwardedFor.isEmpty()) {
            return peer;
        }
        List<String> hops =
                forwardedFor.stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(String::strip)
                        .filter(hop -> !hop.isEmpty())
                        .toList();
        String address = peer;
        for (int i = hops.size() - 1; i >= 0 && isProxy(address); i--) {
            address = hops.get(i);
        }
        return address;
    }

    private boolean isProxy(String address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }
}
