package io.ringfence.gateway.route;

/// A path that the gateway answers itself. It is reached without authentication; a page that needs
/// to know its caller asks for that.
public interface OwnPage {
    /// One path, without version.
    String path();

    void answer(Exchange exchange);
}
