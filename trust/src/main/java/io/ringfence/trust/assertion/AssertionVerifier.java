package io.ringfence.trust.assertion;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.trust.assertion.AssertionCheck.Invalid;
import io.ringfence.trust.assertion.AssertionCheck.Valid;
import io.ringfence.trust.assertion.KeyTickets.Ticket;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.ProcessSubject;
import io.ringfence.trust.token.ClaimReader;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/// Reads assertions to one service, and believes them only on a connection of the gateway's: the
/// peer's certificate, which TLS has verified, names the gateway, its key signed the ticket, and
/// the ticket's key sealed the assertion.
public final class AssertionVerifier {
    private static final int CAPACITY = 10_000;
    private static final ProcessSubject GATEWAY =
            new ProcessSubject(Principal.GATEWAY.commonName());

    private final Clock clock;
    private final KeyTickets tickets;

    /// The gateway sends the same one for the same request for half a minute. What is found here
    /// came from this peer before, which was the gateway.
    private final Verified<Sealed> verified = new Verified<>(CAPACITY);

    /// @param service the common name of the service's certificate; tickets for others are refused
    public AssertionVerifier(String service, Clock clock) {
        this.clock = clock;
        this.tickets = new KeyTickets(service, clock);
    }

    private record Sealed(String keyTicket, Assertion assertion) {}

    /// Whether it holds for this request.
    public AssertionCheck verify(
            SealedAssertion sealed,
            X509Certificate peer,
            String method,
            String path,
            String namespace) {
        AssertionCheck check = verify(sealed, peer);
        if (check instanceof Valid(Assertion assertion)
                && !assertion.covers(method, path, namespace)) {
            return new Invalid("the assertion is for another request");
        }
        return check;
    }

    /// Whether the gateway said it. The caller must still ask whether it [Assertion#covers] the
    /// request.
    public AssertionCheck verify(SealedAssertion sealed, X509Certificate peer) {
        Optional<Assertion> known =
                verified.find(sealed.assertion(), peer, clock.instant())
                        .filter(before -> before.keyTicket().equals(sealed.keyTicket()))
                        .map(Sealed::assertion);
        if (known.isPresent()) {
            return new Valid(known.get());
        }
        if (CertificateSubject.of(peer).filter(GATEWAY::equals).isEmpty()) {
            return new Invalid("the peer is not the gateway");
        }
        return tickets.read(sealed.keyTicket(), peer)
                .map(ticket -> unseal(sealed, ticket, peer))
                .orElseGet(() ->
                        new Invalid(
                                "the key ticket is not the gateway's, not for this service, or has"
                                        + " expired"));
    }

    private AssertionCheck unseal(SealedAssertion sealed, Ticket ticket, X509Certificate peer) {
        try {
            JwtClaims claims =
                    Statements.consumer(
                                    clock,
                                    AssertionSigner.TYPE,
                                    AlgorithmIdentifiers.HMAC_SHA256,
                                    ticket.key())
                            .setSkipDefaultAudienceValidation()
                            .build()
                            .processToClaims(sealed.assertion());
            Assertion assertion = read(claims);
            Instant end = Statements.lastMoment(claims);
            verified.keep(
                    sealed.assertion(),
                    peer,
                    new Sealed(sealed.keyTicket(), assertion),
                    end.isBefore(ticket.expires()) ? end : ticket.expires());
            return new Valid(assertion);
        } catch (InvalidJwtException e) {
            return new Invalid(
                    e.hasErrorCode(ErrorCodes.EXPIRED)
                            ? "the assertion has expired"
                            : "the assertion is not the gateway's");
        } catch (MalformedClaimException | IllegalArgumentException e) {
            return new Invalid("the assertion lacks what an assertion has");
        }
    }

    private static Assertion read(JwtClaims claims) {
        Object elsewhere = claims.getClaimValue(AssertionClaim.ELSEWHERE);
        Object fingerprint = claims.getClaimValue(Claim.CLIENT_CERTIFICATE);
        return new Assertion(
                ClaimReader.text(claims.getClaimValue(Claim.METHOD)),
                ClaimReader.text(claims.getClaimValue(Claim.PATH)),
                ClaimReader.text(claims.getClaimValue(Claim.NAMESPACE)),
                caller(claims.getClaimValue(AssertionClaim.CALLER)),
                fingerprint == null ? null : ClaimReader.text(fingerprint),
                ClaimReader.list(claims.getClaimValue(AssertionClaim.PERMISSIONS)),
                elsewhere == null ? List.of() : ClaimReader.list(elsewhere));
    }

    private static AssertedCaller caller(Object value) {
        if (!(value instanceof Map<?, ?> caller)) {
            throw new IllegalArgumentException("expected an object");
        }
        return new AssertedCaller(
                ClaimReader.text(caller.get(AssertionClaim.SUBJECT)),
                ClaimReader.text(caller.get(Claim.REALM)),
                ClaimReader.list(caller.get(AssertionClaim.TAGS)),
                ClaimReader.text(caller.get(AssertionClaim.TOKEN_ID)),
                ClaimReader.count(caller.get(Claim.QUOTA)),
                ClaimReader.restrictions(caller.get(Claim.RESTRICTIONS)),
                ClaimReader.list(caller.get(Claim.ANCESTORS)));
    }
}
