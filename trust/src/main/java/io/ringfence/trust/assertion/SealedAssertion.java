package io.ringfence.trust.assertion;

/// An assertion as it travels.
///
/// @param assertion JWS, made with the key that the ticket introduces
/// @param keyTicket JWS, signed by the gateway; the key is readable in it, so it goes to its
///   service over mutual TLS and nowhere else
public record SealedAssertion(String assertion, String keyTicket) {

    /// Without the ticket: whoever can read that can write assertions.
    @Override
    public String toString() {
        return "SealedAssertion[]";
    }
}
