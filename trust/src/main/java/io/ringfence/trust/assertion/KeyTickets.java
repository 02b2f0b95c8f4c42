package io.ringfence.trust.assertion;

import io.ringfence.trust.token.ClaimReader;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.HmacKey;

/// Reads the tickets that introduce a gateway's keys to one service. A ticket comes with every
/// request and is verified once; a service that has just started needs to know nothing.
final class KeyTickets {
    /// Each gateway has one or two at a time.
    private static final int CAPACITY = 1_000;

    private final String service;
    private final Clock clock;
    private final Verified<Ticket> verified = new Verified<>(CAPACITY);

    KeyTickets(String service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    /// @param expires when no assertion made with the key is good any more
    record Ticket(SecretKey key, Instant expires) {
        /// Without the key.
        @Override
        public String toString() {
            return "Ticket[expires=" + expires + "]";
        }
    }

    /// Only what this gateway signed, for this service, and not too long ago.
    ///
    /// @param gateway the connection's peer, known to be a gateway
    Optional<Ticket> read(String jws, X509Certificate gateway) {
        Optional<Ticket> known = verified.find(jws, gateway, clock.instant());
        return known.isPresent() ? known : verify(jws, gateway);
    }

    private Optional<Ticket> verify(String jws, X509Certificate gateway) {
        try {
            JwtClaims claims =
                    Statements.consumer(
                                    clock,
                                    IssuedKey.TICKET_TYPE,
                                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                                    gateway.getPublicKey())
                            .setExpectedAudience(service)
                            .build()
                            .processToClaims(jws);
            byte[] key =
                    Base64.getUrlDecoder()
                            .decode(ClaimReader.text(claims.getClaimValue(AssertionClaim.KEY)));
            if (key.length != IssuedKey.BYTES) {
                return Optional.empty();
            }
            Ticket ticket = new Ticket(new HmacKey(key), Statements.lastMoment(claims));
            verified.keep(jws, gateway, ticket, ticket.expires());
            return Optional.of(ticket);
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
