package io.ringfence.gateway.route;

import java.util.List;

/// A path that the gateway answers itself. It is reached without authentication; a page that needs
/// to know its caller asks for that.
public interface OwnPage {
    /// One path, without version.
    String path();

    /// Others are refused before the page is asked.
    default List<String> methods() {
        return List.of("GET", "HEAD");
    }

    void answer(Exchange exchange);
}
