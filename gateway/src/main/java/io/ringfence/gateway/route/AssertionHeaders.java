package io.ringfence.gateway.route;

import io.ringfence.contracts.identity.Header;
import io.ringfence.trust.assertion.SealedAssertion;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;

/// A sealed assertion as bytes: it goes with every request like it, and as texts the two would be
/// looked through and converted each time.
record AssertionHeaders(CharSequence assertion, CharSequence keyTicket) {
    private static final CharSequence ASSERTION = HttpHeaders.createOptimized(Header.ASSERTION);
    private static final CharSequence KEY_TICKET = HttpHeaders.createOptimized(Header.KEY_TICKET);

    static AssertionHeaders of(SealedAssertion sealed) {
        return new AssertionHeaders(
                HttpHeaders.createOptimized(sealed.assertion()),
                HttpHeaders.createOptimized(sealed.keyTicket()));
    }

    void addTo(HttpClientRequest request) {
        request.putHeader(ASSERTION, assertion).putHeader(KEY_TICKET, keyTicket);
    }

    /// Without the ticket: whoever can read that can write assertions.
    @Override
    public String toString() {
        return "AssertionHeaders[]";
    }
}
