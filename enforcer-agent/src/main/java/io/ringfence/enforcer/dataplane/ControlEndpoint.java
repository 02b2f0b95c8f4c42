package io.ringfence.enforcer.dataplane;

import java.net.InetAddress;

/// One address and TCP port that the enforcer itself talks to (gateway, Kafka broker); connections
/// towards it are never policed.
public record ControlEndpoint(InetAddress address, int port) {
    public ControlEndpoint {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not within 1..65535");
        }
    }
}
