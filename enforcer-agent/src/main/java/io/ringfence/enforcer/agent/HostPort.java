package io.ringfence.enforcer.agent;

import java.net.URI;

/// A name or literal address, and a port.
record HostPort(String host, int port) {

    static HostPort parse(String setting, String text) throws InvalidConfiguration {
        URI uri;
        try {
            uri = URI.create("any://" + text);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(setting + " is not host:port: " + text);
        }
        if (uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65_535) {
            throw new InvalidConfiguration(setting + " is not host:port: " + text);
        }
        return new HostPort(uri.getHost(), uri.getPort());
    }

    static HostPort of(URI uri) {
        return new HostPort(uri.getHost(), uri.getPort() < 0 ? 443 : uri.getPort());
    }

    /// Without the brackets that a URI puts around IPv6 addresses.
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
